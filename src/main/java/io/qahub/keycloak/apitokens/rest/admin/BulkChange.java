package io.qahub.keycloak.apitokens.rest.admin;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.Impersonator;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Changes all tokens that match a filter, with a transaction per batch. After a failure, a repeated call continues.
 * Commits the transaction of the request first: a request that waits for a second connection could deadlock a small
 * pool.
 */
record BulkChange(KeycloakSession session, RealmModel realm) {
    private static final Logger LOG = Logger.getLogger(BulkChange.class);
    private static final int BATCH = 500;

    /** Revokes the tokens; returns the number of tokens that were not revoked before. */
    int revoke(TokenFilter filter) {
        Set<String> owners = new HashSet<>();
        int revoked = 0;
        int now;
        do {
            now = changeAll(filter, (tokens, ownRealm, batch) -> {
                batch.forEach(token -> owners.add(token.ownerId()));
                return tokens.revoke(ownRealm, batch, RevokedBy.ADMIN).size();
            });
            revoked += now;
        } while (now > 0); // includes tokens that are created meanwhile
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), session.getContext(), own -> {
            RealmModel ownRealm = own.realms().getRealm(realm.getId());
            own.getProvider(ApiTokens.class).evictOwnersOfRecentlyRevoked(ownRealm, filter, owners);
        });
        return revoked;
    }

    /** Sets the expiry of tokens that expire later or never to {@code latest}; returns the number of changed tokens. */
    int shorten(TokenFilter filter, Instant latest) {
        return changeAll(filter, (tokens, ownRealm, batch) -> tokens.shorten(ownRealm, batch, latest));
    }

    /**
     * Processes tokens owner by owner, so that each owner is evicted from the cache and notified as rarely as possible.
     */
    private int changeAll(TokenFilter filter, Change change) {
        Impersonator.eventDetails(session); // may need the connection that the commit returns
        session.getTransactionManager().commit(); // does nothing if it is committed already
        int changed = 0;
        Batch batch = new Batch(null, 0);
        do {
            ApiToken after = batch.last();
            batch = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> changeBatch(own, filter, after, change),
                    "change API tokens");
            changed += batch.changed();
            LOG.debugf("%d API tokens of realm %s changed so far", changed, realm.getName());
        } while (batch.last() != null);
        return changed;
    }

    private Batch changeBatch(KeycloakSession own, TokenFilter filter, @Nullable ApiToken after, Change change) {
        Impersonator.copy(session, own);
        RealmModel ownRealm = own.realms().getRealm(realm.getId());
        ApiTokens tokens = own.getProvider(ApiTokens.class);
        List<ApiToken> found = tokens.listByOwner(ownRealm, filter, after, BATCH);
        int changed = change.apply(tokens, ownRealm, found);
        return new Batch(found.size() < BATCH ? null : found.get(BATCH - 1), changed);
    }

    /** Changes a batch within its transaction; returns the number of changed tokens. */
    private interface Change {
        int apply(ApiTokens tokens, RealmModel ownRealm, List<ApiToken> batch);
    }

    /**
     * The result of a transaction.
     *
     * @param last the last processed token; null if there are no more
     */
    private record Batch(@Nullable ApiToken last, int changed) {}
}
