package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
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
 * Revokes idle and logged-out tokens, deletes tokens that have been expired or revoked for a long time or whose owner
 * does not exist, and sends expiry notices. Works in batches, realm by realm. Each batch has its own transaction. A
 * pause follows each full batch, to limit the load.
 */
final class CleanUp {
    private static final Logger LOG = Logger.getLogger(CleanUp.class);
    private static final int BATCH = 500;

    /** Smaller, because owners are looked up, possibly in a slow directory. */
    private static final int OWNER_BATCH = 50;

    /** The pause after a batch, as a multiple of the duration of the batch. */
    private static final int PAUSE_FACTOR = 4;

    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

    private final LifecycleMeters meters;
    private final Notices notices;
    private final boolean recordsLastUse;
    private final Clock clock;

    /** Without recorded last uses, no token is revoked as idle: a token in constant use would seem idle. */
    CleanUp(LifecycleMeters meters, Notices notices, boolean recordsLastUse, Clock clock) {
        this.meters = meters;
        this.notices = notices;
        this.recordsLastUse = recordsLastUse;
        this.clock = clock;
    }

    /** Processes all realms that have tokens. A failure in one realm does not affect the others. */
    void run(KeycloakSessionFactory factory) throws InterruptedException {
        Set<String> realms = KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> ApiTokenStore.of(session).deletion().realmIds());
        for (String realm : realms) {
            try {
                cleanUp(factory, realm);
            } catch (RuntimeException e) {
                LOG.errorf(e, "Realm %s: clean-up of API tokens failed", realm);
            }
        }
        LOG.debug("Clean-up of API tokens done");
    }

    private void cleanUp(KeycloakSessionFactory factory, String realm) throws InterruptedException {
        IdleRevocation idle = new IdleRevocation(clock.instant(), BATCH);
        int revoked = inBatches(factory, realm, BATCH, (session, policy) -> revokeIdle(session, policy, idle));
        revokeLoggedOut(factory, realm);
        int deleted = inBatches(factory, realm, BATCH, this::deleteInactive);
        inBatches(
                factory, realm, BATCH, (session, policy) -> notices.sendExpiryNotices(session, realm(session), BATCH));
        int orphans = deleteOrphans(factory, realm);
        if (revoked + deleted + orphans > 0) {
            LOG.infof(
                    "Realm %s: %d idle API tokens revoked, %d inactive and %d without owner deleted",
                    realm, revoked, deleted, orphans);
        }
    }

    /** Revokes the tokens of the realm that were created before a not-before time. */
    void revokeLoggedOut(KeycloakSessionFactory factory, String realm) throws InterruptedException {
        int revoked = inBatches(factory, realm, BATCH, new LogoutRevocation(BATCH)::revokeBatch);
        if (revoked > 0) {
            LOG.infof("Realm %s: %d API tokens revoked on logout", realm, revoked);
        }
    }

    private int deleteOrphans(KeycloakSessionFactory factory, String realm) throws InterruptedException {
        int superseded = inBatches(factory, realm, BATCH, (session, policy) -> ApiTokenStore.of(session)
                .deletion()
                .deleteOrphans(realm, BATCH));
        Orphans orphans = new Orphans(OWNER_BATCH);
        inBatches(factory, realm, OWNER_BATCH, (session, policy) -> orphans.deleteBatch(session));
        int deleted = superseded + orphans.deleted();
        meters.purged(deleted);
        return deleted;
    }

    /** Processes one batch; returns the number of processed tokens or owners. */
    private interface Batch {
        int run(KeycloakSession session, TokenPolicy policy);
    }

    private static int inBatches(KeycloakSessionFactory factory, String realmId, int size, Batch batch)
            throws InterruptedException {
        int total = 0;
        int processed = size;
        while (processed == size) {
            long start = System.nanoTime();
            processed = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
                TokenPolicy policy = policy(session, realmId);
                return policy == null ? 0 : batch.run(session, policy);
            });
            total += processed;
            if (processed == size) {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                Duration pause = took.multipliedBy(PAUSE_FACTOR);
                Thread.sleep((pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE).toMillis());
            }
        }
        return total;
    }

    private int revokeIdle(KeycloakSession session, TokenPolicy policy, IdleRevocation idle) {
        if (policy.idleDays().isEmpty()) {
            return 0;
        }
        if (!recordsLastUse) {
            LOG.errorf(
                    "Realm %s: idle API tokens are not revoked, because last uses are not recorded; set"
                            + " --spi-api-tokens--default--last-used-flush-interval to 1 or more, or remove"
                            + " apiTokens.idleDays",
                    realm(session).getName());
            return 0;
        }
        return idle.revokeBatch(session, policy.idleDays().getAsInt());
    }

    private int deleteInactive(KeycloakSession session, TokenPolicy policy) {
        Instant end = clock.instant().minus(Duration.ofDays(policy.keepInactiveDays()));
        int deleted = ApiTokenStore.of(session)
                .deletion()
                .deleteInactive(realm(session).getId(), end, BATCH);
        meters.purged(deleted);
        return deleted;
    }

    private static RealmModel realm(KeycloakSession session) {
        return session.getContext().getRealm();
    }

    /** Reads the realm's policy; returns null if the realm no longer exists or its policy is invalid. */
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
