package io.qahub.keycloak.apitokens.lifecycle;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenEvents;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import io.qahub.keycloak.apitokens.notice.Notices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntBiFunction;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/** Revokes idle tokens, deletes those long inactive, and tells owners of those that expire soon, realm by realm, in short transactions. */
final class CleanUp implements ScheduledTask {
    private static final Logger LOG = Logger.getLogger(CleanUp.class);
    private static final int BATCH = 500;

    private final LifecycleMeters meters;
    private final Notices notices;
    private final boolean knowsLastUse;
    private final Clock clock;

    /** Takes whether last uses are kept: else a token in constant use would seem idle. */
    CleanUp(LifecycleMeters meters, Notices notices, boolean knowsLastUse, Clock clock) {
        this.meters = meters;
        this.notices = notices;
        this.knowsLastUse = knowsLastUse;
        this.clock = clock;
    }

    @Override
    public void run(KeycloakSession session) {
        List<String> realms =
                session.realms().getRealmsStream().map(RealmModel::getId).toList();
        for (String realm : realms) {
            try {
                int revoked = inBatches(session, realm, this::revokeIdle);
                int deleted = inBatches(session, realm, this::deleteInactive);
                meters.purged(deleted);
                inBatches(session, realm, this::tellOfExpiry);
                if (revoked + deleted > 0) {
                    LOG.infof("Realm %s: %d idle API tokens revoked, %d inactive deleted", realm, revoked, deleted);
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "API tokens of realm %s could not be cleaned up", realm);
            }
        }
    }

    private static int inBatches(
            KeycloakSession session, String realmId, ToIntBiFunction<KeycloakSession, RealmModel> batch) {
        int all = 0;
        int done;
        do {
            done = KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
                RealmModel realm = own.realms().getRealm(realmId);
                if (realm == null) {
                    return 0;
                }
                own.getContext().setRealm(realm);
                return batch.applyAsInt(own, realm);
            });
            all += done;
        } while (done == BATCH);
        return all;
    }

    private int revokeIdle(KeycloakSession session, RealmModel realm) {
        TokenPolicy policy = policy(realm);
        if (policy == null || policy.idleDays().isEmpty()) {
            return 0;
        }
        if (!knowsLastUse) {
            LOG.errorf("Realm %s: idle API tokens are not revoked: last uses are switched off", realm.getName());
            return 0;
        }
        Instant since = clock.instant().minus(Duration.ofDays(policy.idleDays().getAsInt()));
        TokenFilter idle = TokenFilter.notRevoked().withNotUsedSince(since);
        ApiTokens tokens = session.getProvider(ApiTokens.class);
        List<ApiToken> batch = tokens.list(realm, TokenQuery.newest(idle, 0, BATCH));
        tokens.revoke(realm, batch, RevokedBy.IDLE_POLICY);
        batch.forEach(token -> TokenEvents.revoked(session, realm, token)
                .detail("revoked_by", "idle policy")
                .success());
        return batch.size();
    }

    private int deleteInactive(KeycloakSession session, RealmModel realm) {
        TokenPolicy policy = policy(realm);
        if (policy == null) {
            return 0;
        }
        Instant end = clock.instant().minus(Duration.ofDays(policy.keepInactiveDays()));
        return session.getProvider(ApiTokenStore.class).deleteInactive(realm.getId(), end, BATCH);
    }

    private int tellOfExpiry(KeycloakSession session, RealmModel realm) {
        return notices.tellOfExpiry(session, realm, BATCH);
    }

    private static TokenPolicy policy(RealmModel realm) {
        try {
            return TokenPolicy.of(realm);
        } catch (InvalidPolicyException e) {
            LOG.errorf("Realm %s: API tokens are not cleaned up: %s", realm.getName(), e.getMessage());
            return null;
        }
    }
}
