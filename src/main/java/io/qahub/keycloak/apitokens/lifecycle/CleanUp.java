package io.qahub.keycloak.apitokens.lifecycle;

import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.notice.Notices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Revokes idle tokens, deletes those long inactive, and tells owners of those that expire soon: realm by realm, in batches
 * with a transaction each and a rest in between, so that others get the database and the processor too.
 */
final class CleanUp {
    private static final Logger LOG = Logger.getLogger(CleanUp.class);
    private static final int BATCH = 500;

    /** How much longer than a batch the rest after it lasts. */
    private static final int REST = 4;

    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

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

    /** Goes through all realms that have tokens; what fails in one does not keep the others from it. */
    void run(KeycloakSessionFactory factory) throws InterruptedException {
        Set<String> realms = KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> ApiTokenStore.of(session).realmIds());
        for (String realm : realms) {
            try {
                cleanUp(factory, realm);
            } catch (RuntimeException e) {
                LOG.errorf(e, "API tokens of realm %s could not be cleaned up", realm);
            }
        }
        LOG.debug("Clean-up of API tokens done");
    }

    private void cleanUp(KeycloakSessionFactory factory, String realm) throws InterruptedException {
        IdleRevocation idle = new IdleRevocation(clock.instant(), BATCH);
        int revoked = inBatches(factory, realm, (session, policy) -> revokeIdle(session, policy, idle));
        int deleted = inBatches(factory, realm, this::deleteInactive);
        inBatches(factory, realm, (session, policy) -> notices.tellOfExpiry(session, realm(session), BATCH));
        if (revoked + deleted > 0) {
            LOG.infof("Realm %s: %d idle API tokens revoked, %d inactive deleted", realm, revoked, deleted);
        }
    }

    /** What is done to one batch; returns how many tokens that were. */
    private interface Batch {
        int run(KeycloakSession session, TokenPolicy policy);
    }

    private static int inBatches(KeycloakSessionFactory factory, String realmId, Batch batch)
            throws InterruptedException {
        int all = 0;
        int done = BATCH;
        while (done == BATCH) {
            long start = System.nanoTime();
            done = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
                TokenPolicy policy = policy(session, realmId);
                return policy == null ? 0 : batch.run(session, policy);
            });
            all += done;
            if (done == BATCH) {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                Duration rest = took.multipliedBy(REST);
                Thread.sleep((rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST).toMillis());
            }
        }
        return all;
    }

    private int revokeIdle(KeycloakSession session, TokenPolicy policy, IdleRevocation idle) {
        if (policy.idleDays().isEmpty()) {
            return 0;
        }
        if (!knowsLastUse) {
            LOG.errorf(
                    "Realm %s: idle API tokens are not revoked: last uses are switched off",
                    realm(session).getName());
            return 0;
        }
        return idle.revokeBatch(session, policy.idleDays().getAsInt());
    }

    private int deleteInactive(KeycloakSession session, TokenPolicy policy) {
        Instant end = clock.instant().minus(Duration.ofDays(policy.keepInactiveDays()));
        int deleted = ApiTokenStore.of(session).deleteInactive(realm(session).getId(), end, BATCH);
        meters.purged(deleted);
        return deleted;
    }

    private static RealmModel realm(KeycloakSession session) {
        return session.getContext().getRealm();
    }

    /** The realm's policy as it is now; null where the realm is gone or its policy is wrong. */
    private static @Nullable TokenPolicy policy(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return null;
        }
        session.getContext().setRealm(realm);
        try {
            return TokenPolicy.of(realm);
        } catch (InvalidPolicyException e) {
            LOG.errorf("Realm %s: API tokens are not cleaned up: %s", realm.getName(), e.getMessage());
            return null;
        }
    }
}
