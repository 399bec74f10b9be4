package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.TokenString;

/** Hashes the secrets of new token strings. */
@FunctionalInterface
public interface TokenHasher {
    /** Returns what to store of the secret of a token of this realm. */
    HashedSecret hash(String realmId, TokenString tokenString);
}
