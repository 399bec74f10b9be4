package io.qahub.keycloak.apitokens.model;

import org.jspecify.annotations.Nullable;

/**
 * What is stored of a secret.
 *
 * @param hash the bcrypt hash
 * @param digest the keyed digest; null if the server has no key
 */
public record HashedSecret(String hash, @Nullable String digest) {
    /** Omits both. */
    @Override
    public String toString() {
        return "HashedSecret[redacted]";
    }
}
