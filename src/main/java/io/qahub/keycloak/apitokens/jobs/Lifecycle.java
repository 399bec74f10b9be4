package io.qahub.keycloak.apitokens.jobs;

import com.github.benmanes.caffeine.cache.Cache;
import io.qahub.keycloak.apitokens.keycloak.AfterCommit;
import io.qahub.keycloak.apitokens.keycloak.ServerSetting;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.DigestUpdate;
import io.qahub.keycloak.apitokens.model.ReplacedSecretUsed;
import io.qahub.keycloak.apitokens.model.TokenChange;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.timer.TimerProvider;

/** Schedules background maintenance of tokens, and reacts to events about tokens, users, clients and realms. */
public final class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);
    private static final String LAST_USED = "api-token-last-used";
    private static final String DIGESTS = "api-token-digests";
    private static final String CLEAN_UP = "api-token-clean-up";
    private static final Duration DIGESTS_INTERVAL = Duration.ofSeconds(10);

    private final LifecycleMeters meters = new LifecycleMeters();
    private final Duration flushInterval = Duration.ofSeconds(ServerSetting.LAST_USED_FLUSH_INTERVAL.get());
    private final Duration cleanUpInterval = Duration.ofSeconds(ServerSetting.CLEAN_UP_INTERVAL.get());
    private final LastUsed lastUsed = new LastUsed(
            Duration.ofSeconds(ServerSetting.LAST_USED_INTERVAL.get()),
            ServerSetting.LAST_USED_MAX_COUNT.get(),
            meters);
    private final PendingWrites<DigestUpdate> digests = new PendingWrites<>(
            "digest", ServerSetting.VERIFIED_SECRETS_MAX_COUNT.get(), ApiTokenStore::updateDigests, isStored -> {});
    private final Notices notices;
    private final CleanUp cleanUp;
    private final Clock clock;
    private volatile @Nullable KeycloakSessionFactory running;

    /**
     * Creates an instance with the cache of tokens whose replaced secret was used: the current bcrypt hash by token id.
     */
    public Lifecycle(Cache<String, String> replacedSecrets, Clock clock) {
        this.notices = new Notices(replacedSecrets, clock);
        this.cleanUp = new CleanUp(meters, notices, recordsLastUse(), clock);
        this.clock = clock;
    }

    /** Handles an event of the session factory. */
    public void onEvent(ProviderEvent event) {
        if (event instanceof TokenUsedEvent used) {
            if (recordsLastUse()) {
                lastUsed.add(used);
            }
        } else if (event instanceof DigestUpdate update) {
            digests.add(update.tokenId(), update, clock.instant());
        } else if (event instanceof TokenChange change) {
            AfterCommit.run(change.session(), "counting changed API tokens", () -> meters.count(change));
            notices.onTokenChange(change);
        } else if (event instanceof ReplacedSecretUsed used) {
            notices.onReplacedSecretUsed(used);
        } else if (event instanceof NotBeforeChanged changed) {
            AfterCommit.run(
                    changed.session(), "revoking API tokens on logout", () -> revokeLoggedOut(changed.realmId()));
        } else if (event instanceof PostMigrationEvent started) {
            schedule(started.getFactory());
        } else {
            CascadeDeletion.onEvent(event);
        }
    }

    private boolean recordsLastUse() {
        return !flushInterval.isZero();
    }

    private void schedule(KeycloakSessionFactory factory) {
        running = factory;
        try (KeycloakSession session = factory.create()) {
            TimerProvider timer = session.getProvider(TimerProvider.class);
            if (recordsLastUse()) {
                timer.schedule(() -> lastUsed.flush(factory, clock.instant()), flushInterval.toMillis(), LAST_USED);
            }
            timer.schedule(() -> digests.flush(factory, clock.instant()), DIGESTS_INTERVAL.toMillis(), DIGESTS);
            timer.schedule(
                    new ClusterSingletonTask(factory, CLEAN_UP, cleanUpInterval, cleanUp),
                    cleanUpInterval.toMillis(),
                    CLEAN_UP);
        }
    }

    /** Runs in the background, as a realm can have many tokens. */
    private void revokeLoggedOut(String realmId) {
        KeycloakSessionFactory factory = running;
        if (factory == null) {
            return; // the clean-up will
        }
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ExecutorsProvider.class)
                    .getExecutor(CLEAN_UP)
                    .execute(() -> revokeLoggedOut(factory, realmId));
        } catch (RejectedExecutionException e) {
            LOG.debugf("Realm %s: tokens are revoked after the restart", realmId);
        }
    }

    private void revokeLoggedOut(KeycloakSessionFactory factory, String realmId) {
        try {
            cleanUp.revokeLoggedOut(factory, realmId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Realm %s: revoking API tokens on logout failed; the next clean-up retries", realmId);
        }
    }

    /** Stores pending last uses and digests, so that a regular shutdown loses none. */
    public void close() {
        if (running != null) {
            lastUsed.flush(running, clock.instant());
            digests.flush(running, clock.instant());
        }
    }
}
