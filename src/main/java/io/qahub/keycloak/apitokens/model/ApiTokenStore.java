package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** Port: where tokens are kept. Calls take part in the session's transaction. */
public interface ApiTokenStore {
    /** Returns the store in the session's transaction. */
    static ApiTokenStore of(KeycloakSession session) {
        return session.getProvider(ApiTokens.class).store();
    }

    /** Stores a new token. Fails if the realm has its prefix already. */
    void insert(ApiToken token);

    /** Returns the token of that prefix as the latest commit left it. */
    Optional<ApiToken> findByPrefix(String realmId, String prefix);

    /** Returns the same with what the database says of its owner. */
    Optional<OwnedToken> findOwned(String realmId, String prefix);

    /** Returns the token of that id. */
    Optional<ApiToken> find(String realmId, String id);

    /** Returns a page of the realm's tokens. */
    List<ApiToken> list(String realmId, TokenQuery query, Instant now);

    /**
     * Returns up to {@code max} of the realm's tokens that the filter matches, owner by owner.
     *
     * @param after the last one that was had already, null for none
     */
    List<ApiToken> listByOwner(String realmId, TokenFilter filter, ApiToken after, int max, Instant now);

    /** Returns how many of the realm's tokens the filter matches. */
    long count(String realmId, TokenFilter filter, Instant now);

    /** Returns whose tokens the filter matches. */
    Set<String> ownerIds(String realmId, TokenFilter filter, Instant now);

    /** Returns the usernames of those owners who are kept in Keycloak's own database, by id. */
    Map<String, String> usernames(Collection<String> ownerIds);

    /** Marks tokens as revoked at {@code now}, except those that are already; returns the ids of those that changed. */
    Set<String> revoke(String realmId, Collection<String> ids, Instant now);

    /** Stores the secrets and the expiry of {@code rotated} unless the token changed since {@code before}. */
    boolean rotate(ApiToken before, ApiToken rotated);

    /** Lets tokens expire at {@code latest} that would live longer; returns how many changed. */
    int shorten(String realmId, Collection<String> ids, Instant latest);

    /**
     * Stores uses, except where one less than {@code apart} older, or a later one, is stored already. Waits for nobody.
     *
     * @return the uses whose rows are there and free; the others can be tried again
     */
    List<TokenUse> touch(Collection<TokenUse> uses, Duration apart);

    /**
     * Notes that a notice is sent for up to {@code max} active tokens for which it is due.
     *
     * @return those tokens
     */
    List<ApiToken> claimExpiryNotices(String realmId, ExpiryNotice notice, Instant now, int max);

    /** Notes which notice of its expiry a token needs no more, null for none. */
    void skipExpiryNotice(String id, ExpiryNotice notice);

    /** Notes that a use of the token's replaced secret is told; returns whether it was not yet, since its rotation. */
    boolean claimReplacedSecretNotice(ApiToken token, Instant now);

    /** Returns the ids of the realms that have tokens. */
    Set<String> realmIds();

    /**
     * Returns up to {@code max} tokens, the oldest first, that are not revoked and were last used, or else created, before
     * {@code since}.
     *
     * @param createdFrom tokens created earlier are left out
     */
    List<ApiToken> findIdle(String realmId, Instant since, Instant createdFrom, int max);

    /** Deletes up to {@code max} tokens of a realm that were revoked or expired before {@code end}; returns how many. */
    int deleteInactive(String realmId, Instant end, int max);

    /** Deletes all tokens of an owner. */
    void deleteByOwner(String realmId, String ownerId);

    /** Deletes all tokens of a client's service account. */
    void deleteByClient(String realmId, String clientId);

    /** Deletes all tokens of a realm. */
    void deleteByRealm(String realmId);
}
