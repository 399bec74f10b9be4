package io.qahub.keycloak.apitokens.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Revokes all tokens of an owner. */
public final class OwnerRevocation {
    private static final int BATCH = 500;

    private OwnerRevocation() {}

    /**
     * Revokes the owner's tokens in the transaction of the session. Each batch starts after the last token of the
     * previous one: at isolation levels above READ COMMITTED, a query still returns tokens that other transactions have
     * revoked.
     */
    public static void revokeAll(KeycloakSession session, RealmModel realm, String ownerId, RevokedBy by) {
        ApiTokens tokens = session.getProvider(ApiTokens.class);
        TokenFilter filter = TokenFilter.notRevoked().withOwners(Set.of(ownerId));
        ApiToken last = null;
        do {
            last = revokeBatch(tokens, realm, filter, last, by);
        } while (last != null);
        // Another request may have revoked tokens without having evicted the owner on all nodes yet.
        OwnerEviction.afterCommit(session, realm, Set.of(ownerId));
    }

    /** Returns the last token of a full batch; null if there are no more. */
    private static @Nullable ApiToken revokeBatch(
            ApiTokens tokens, RealmModel realm, TokenFilter filter, @Nullable ApiToken after, RevokedBy by) {
        List<ApiToken> batch = tokens.listByOwner(realm, filter, after, BATCH);
        if (!batch.isEmpty()) {
            tokens.revoke(realm, batch, by);
        }
        return batch.size() == BATCH ? batch.get(BATCH - 1) : null;
    }
}
