package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenEvents;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenQuery;
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
        int found;
        do {
            int[] batch = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> revokeBatch(own, filter),
                    "revoke API tokens");
            found = batch[0];
            revoked += batch[1];
            LOG.debugf("%d API tokens of realm %s revoked so far", revoked, realm.getName());
        } while (found == BATCH);
        return revoked;
    }

    private int[] revokeBatch(KeycloakSession own, TokenFilter filter) {
        RealmModel ownRealm = own.realms().getRealm(realm.getId());
        ApiTokens tokens = own.getProvider(ApiTokens.class);
        List<ApiToken> batch = tokens.list(ownRealm, TokenQuery.newest(filter, 0, BATCH));
        int revoked = tokens.revoke(ownRealm, batch, RevokedBy.ADMIN);
        for (ApiToken token : batch) {
            TokenEvents.revoked(own, ownRealm, token)
                    .detail("revoked_by", "admin")
                    .success();
        }
        return new int[] {batch.size(), revoked};
    }
}
