package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.TokenString;

/**
 * A token just made, with the string that is never to be had again.
 *
 * @param token what was stored
 * @param tokenString what the owner is shown once
 */
public record CreatedToken(ApiToken token, TokenString tokenString) {}
