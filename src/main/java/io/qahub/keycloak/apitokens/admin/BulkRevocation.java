package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Revokes all that a filter matches, one transaction per batch; what an interruption left is there for the next call. */
record BulkRevocation(KeycloakSession session, RealmModel realm) {
    private static final Logger LOG = Logger.getLogger(BulkRevocation.class);
    private static final int BATCH = 500;

    /** Returns how many were good until now. */
    int revoke(TokenFilter filter) {
        int revoked = 0;
        int now;
        do {
            now = revokeOnce(filter);
            revoked += now;
        } while (now > 0); // until nobody has made another one meanwhile
        return revoked;
    }

    /** Owner by owner, so that each is evicted from the user cache, and told by mail, once rather than in every batch. */
    private int revokeOnce(TokenFilter filter) {
        int revoked = 0;
        ApiToken last = null;
        do {
            ApiToken after = last;
            Batch batch = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> revokeBatch(own, filter, after),
                    "revoke API tokens");
            last = batch.last();
            revoked += batch.revoked();
            LOG.debugf("%d API tokens of realm %s revoked so far", revoked, realm.getName());
        } while (last != null);
        return revoked;
    }

    private Batch revokeBatch(KeycloakSession own, TokenFilter filter, ApiToken after) {
        RealmModel ownRealm = own.realms().getRealm(realm.getId());
        ApiTokens tokens = own.getProvider(ApiTokens.class);
        List<ApiToken> found = tokens.listByOwner(ownRealm, filter, after, BATCH);
        List<ApiToken> revoked = tokens.revoke(ownRealm, found, RevokedBy.ADMIN);
        return new Batch(found.size() < BATCH ? null : found.get(BATCH - 1), revoked.size());
    }

    /**
     * What one transaction did.
     *
     * @param last the last token it looked at, null if there are no more
     */
    private record Batch(ApiToken last, int revoked) {}
}
