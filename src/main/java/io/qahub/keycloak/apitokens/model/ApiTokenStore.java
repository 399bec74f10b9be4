package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** Stores tokens. All operations take part in the transaction of the session. */
public interface ApiTokenStore {
    /** Returns the store of the session. */
    static ApiTokenStore of(KeycloakSession session) {
        return session.getProvider(ApiTokens.class).store();
    }

    /** Returns the queries for lists, in the same transaction. */
    TokenLists lists();

    /** Returns the operations that delete tokens, in the same transaction. */
    TokenDeletion deletion();

    /** Returns the records of which notices have been sent, in the same transaction. */
    TokenNotices notices();

    /**
     * Returns whether the transaction of the session holds a database connection. It must not wait for a second one: if
     * all requests did, a small pool would deadlock.
     */
    boolean hasConnection();

    /** Returns whether a query sees all commits before it, also in a transaction that began earlier. */
    boolean seesLatestCommits();

    /**
     * Stores a new token. Its owner, if stored in Keycloak's database, cannot be deleted until the transaction ends.
     * Throws a {@code ModelDuplicateException} if the realm already has a token with its prefix, or one that a request
     * with this key has created; the transaction must be rolled back then.
     *
     * @param key identifies the request that creates the token; null if it cannot be repeated
     * @return false if the owner has been deleted
     */
    boolean insert(ApiToken token, @Nullable RequestKey key);

    /** Returns the token that a request with this key has created. */
    Optional<ApiToken> findCreated(String realmId, RequestKey key);

    /** Locks the token; returns whether a request with this key was the last one to rotate it. */
    boolean isRotatedBy(ApiToken token, RequestKey key);

    /** Returns the token with this prefix. */
    Optional<ApiToken> findByPrefix(String realmId, String prefix);

    /** Reads the token with this prefix, and whether its owner is enabled. */
    Optional<OwnedToken> findOwned(String realmId, String prefix);

    /** Returns the token with this id. */
    Optional<ApiToken> find(String realmId, String id);

    /** Revokes the tokens that are not revoked yet; returns their ids. */
    Set<String> revoke(String realmId, Collection<String> ids, Instant now);

    /**
     * Stores the secrets and expiry of {@code rotated}; returns false if the token changed since {@code before}.
     *
     * @param key identifies the request that rotates the token; null if it cannot be repeated
     */
    boolean rotate(ApiToken before, ApiToken rotated, @Nullable RequestKey key);

    /** Stores other previous secrets; returns false if the token was rotated or deleted since {@code before}. */
    boolean updatePreviousSecrets(ApiToken before, List<PreviousSecret> secrets);

    /**
     * Stores other texts of a token.
     *
     * @param networks other allowed networks; empty to keep those that are stored
     * @return the token as stored; empty if it has been revoked or deleted
     */
    Optional<ApiToken> edit(ApiToken token, TokenTexts texts, Optional<AllowedNetworks> networks);

    /** Sets the expiry of tokens that expire later or never to {@code latest}; returns the number of changed tokens. */
    int shorten(String realmId, Collection<String> ids, Instant latest);

    /**
     * Stores uses, except where the stored last use is less than {@code apart} earlier, or is later. Skips locked rows.
     *
     * @return the uses whose rows exist and were not locked; the others can be retried
     */
    List<TokenUse> touch(Collection<TokenUse> uses, Duration apart);

    /**
     * Stores digests where the token still has the hash that the digest was made for. Skips locked rows.
     *
     * @return the updates whose rows exist and were not locked; the others can be retried
     */
    List<DigestUpdate> updateDigests(Collection<DigestUpdate> updates);

    /**
     * Returns up to {@code max} tokens, oldest first, that are not revoked and were created and last used, if ever,
     * before {@code since}.
     *
     * @param createdFrom excludes tokens that were created earlier
     */
    List<ApiToken> findIdle(String realmId, Instant since, Instant createdFrom, int max);

    /**
     * Returns up to {@code max} tokens that are not revoked and are older than a not-before time, ordered by owner id
     * and token id. These were created before {@code end}, or before the end of the second of the not-before time of
     * their owner or of their service account's client. Does not consider the not-before times of owners that are not
     * stored in Keycloak's database.
     *
     * @param after the last token of the previous call; null to start from the beginning
     */
    List<ApiToken> findLoggedOut(String realmId, Instant end, @Nullable ApiToken after, int max);
}
