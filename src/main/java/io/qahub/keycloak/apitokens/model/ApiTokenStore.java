package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.provider.Provider;

/** Port: where tokens are kept. Calls take part in the session's transaction. */
public interface ApiTokenStore extends Provider {
    /** Stores a new token. Fails if the realm has its prefix already. */
    void insert(ApiToken token);

    /** Returns the token of that prefix as the latest commit left it. */
    Optional<ApiToken> findByPrefix(String realmId, String prefix);

    /** Returns the owner's token of that id. */
    Optional<ApiToken> findOwned(String realmId, String ownerId, String id);

    /** Returns the owner's tokens, newest first. */
    List<ApiToken> list(String realmId, String ownerId, TokenQuery query, Instant now);

    /** Returns how many tokens {@link #list} would return without {@code first} and {@code max}. */
    long count(String realmId, String ownerId, TokenQuery query, Instant now);

    /** Marks the token as revoked at {@code now} unless it is already; returns whether it changed. */
    boolean revoke(String realmId, String ownerId, String id, Instant now);

    /** Deletes all tokens of an owner. */
    void deleteByOwner(String realmId, String ownerId);

    /** Deletes all tokens of a realm. */
    void deleteByRealm(String realmId);
}
