package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes stored tokens that cannot be used any more, or whose owner, client or realm no longer exists. */
public interface TokenDeletion {
    /** Returns the ids of the realms that have tokens. */
    Set<String> realmIds();

    /** Deletes up to {@code max} tokens of a realm revoked or expired before {@code end}; returns how many. */
    int deleteInactive(String realmId, Instant end, int max);

    /**
     * Returns up to {@code max} owners of the realm's tokens who are not in Keycloak's database, ordered by id.
     *
     * @param after the last owner of the previous call; null to start from the beginning
     */
    List<String> ownersNotStored(String realmId, @Nullable String after, int max);

    /**
     * Deletes up to {@code max} tokens of a realm whose client does not exist, or that are older than the user with the
     * id of their owner; returns how many.
     */
    int deleteOrphans(String realmId, int max);

    /** Deletes all tokens of an owner; returns how many. */
    int deleteByOwner(String realmId, String ownerId);

    /** Deletes all tokens of a client's service account. */
    void deleteByClient(String realmId, String clientId);

    /** Deletes all tokens of a realm. */
    void deleteByRealm(String realmId);
}
