package io.qahub.keycloak.apitokens.model;

import java.time.Instant;

/**
 * When a token was last used.
 *
 * @param address from where, null if that is not to be kept
 */
public record TokenUse(String tokenId, Instant at, String address) {}
