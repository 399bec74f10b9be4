package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.TokenString;

/**
 * A created or rotated token with its token string, which cannot be retrieved later.
 *
 * @param token the token as stored
 * @param tokenString the token string to return once
 */
public record CreatedToken(ApiToken token, TokenString tokenString) {}
