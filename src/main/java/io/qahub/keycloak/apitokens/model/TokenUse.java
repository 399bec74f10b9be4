package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A use of a token.
 *
 * @param at the time of the use
 * @param address the IP address of the caller; null if the realm does not record it
 */
public record TokenUse(String tokenId, Instant at, @Nullable String address) {}
