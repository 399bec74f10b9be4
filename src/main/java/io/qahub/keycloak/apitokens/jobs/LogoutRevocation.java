package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Revokes the tokens of a realm that were created before a not-before time, in batches. Verification rejects them even
 * before that. Once revoked, they are listed as revoked, and clearing the not-before time does not make them active
 * again.
 */
final class LogoutRevocation {
    private final int batch;
    private @Nullable ApiToken last;

    LogoutRevocation(int batch) {
        this.batch = batch;
    }

    /** Revokes the next batch; returns its size. */
    int revokeBatch(KeycloakSession session, TokenPolicy policy) {
        if (!policy.revokeOnLogoutAll()) {
            return 0;
        }
        RealmModel realm = session.getContext().getRealm();
        Instant end = Instant.ofEpochSecond(realm.getNotBefore() + 1L);
        List<ApiToken> loggedOut = ApiTokenStore.of(session).findLoggedOut(realm.getId(), end, last, batch);
        if (!loggedOut.isEmpty()) {
            session.getProvider(ApiTokens.class).revoke(realm, loggedOut, RevokedBy.LOGOUT);
            last = loggedOut.get(loggedOut.size() - 1);
        }
        return loggedOut.size();
    }
}
