package io.qahub.keycloak.apitokens.lifecycle;

import io.qahub.keycloak.apitokens.model.AfterCommit;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ReplacedSecretUsed;
import io.qahub.keycloak.apitokens.model.ServerSetting;
import io.qahub.keycloak.apitokens.model.TokenChange;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import io.qahub.keycloak.apitokens.notice.Notices;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.timer.TimerProvider;

/** Sets going what happens to tokens without anyone asking. Settings: {@code --spi-api-token-lifecycle--default--…}. */
public final class LifecycleFactory implements ProviderFactory<Lifecycle> {
    private static final String SPI = "api-token-lifecycle";
    private static final ServerSetting FLUSH = new ServerSetting(
            SPI,
            "lastUsedFlush",
            10,
            0,
            60,
            "Seconds between two writes of when tokens were last used; 0 keeps no last use.");
    private static final ServerSetting INTERVAL = new ServerSetting(
            SPI,
            "lastUsedInterval",
            60,
            (int) TokenUsedEvent.INTERVAL.toSeconds(),
            3600,
            "Seconds after which the last use of a token that is still used is written again.");
    private static final ServerSetting USES = new ServerSetting(
            SPI,
            "lastUsedTokens",
            100_000,
            1,
            100_000_000,
            "Tokens whose last use this node remembers for that interval.");
    private static final ServerSetting REPLACED_SECRETS = new ServerSetting(
            SPI,
            "replacedSecrets",
            10_000,
            1,
            100_000_000,
            "Tokens of which this node remembers that a replaced secret was used.");
    private static final ServerSetting CLEAN_UP = new ServerSetting(
            SPI, "cleanUpInterval", 3600, 1, 86_400, "Seconds between two clean-ups of inactive tokens.");

    private final Clock clock = Clock.systemUTC();
    private LifecycleMeters meters;
    private LastUsed lastUsed;
    private Notices notices;
    private Duration flushEvery;
    private Duration cleanUpEvery;
    private volatile KeycloakSessionFactory running;

    @Override
    public Lifecycle create(KeycloakSession session) {
        return () -> {};
    }

    @Override
    public void init(Config.Scope config) {
        meters = new LifecycleMeters();
        notices = new Notices(clock, REPLACED_SECRETS.of(config));
        lastUsed = new LastUsed(Duration.ofSeconds(INTERVAL.of(config)), USES.of(config), meters);
        flushEvery = Duration.ofSeconds(FLUSH.of(config));
        cleanUpEvery = Duration.ofSeconds(CLEAN_UP.of(config));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(this::onEvent);
    }

    private void onEvent(ProviderEvent event) {
        if (event instanceof TokenUsedEvent used) {
            if (keepsLastUse()) {
                lastUsed.note(used);
            }
        } else if (event instanceof TokenChange change) {
            AfterCommit.run(change.session(), () -> meters.count(change));
            notices.tell(change);
        } else if (event instanceof ReplacedSecretUsed used) {
            notices.tell(used);
        } else if (event instanceof PostMigrationEvent started) {
            schedule(started.getFactory());
        } else {
            Removals.onEvent(event);
        }
    }

    private boolean keepsLastUse() {
        return !flushEvery.isZero();
    }

    private void schedule(KeycloakSessionFactory factory) {
        running = factory;
        try (KeycloakSession session = factory.create()) {
            TimerProvider timer = session.getProvider(TimerProvider.class);
            CleanUp cleanUp = new CleanUp(meters, notices, keepsLastUse(), clock);
            if (keepsLastUse()) {
                timer.schedule(
                        () -> lastUsed.flush(factory, clock.instant()), flushEvery.toMillis(), "api-token-last-used");
            }
            timer.schedule(
                    new OneNodeAtATime(factory, "api-token-clean-up", cleanUpEvery, cleanUp),
                    cleanUpEvery.toMillis(),
                    "api-token-clean-up");
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of(
                FLUSH.property(),
                INTERVAL.property(),
                USES.property(),
                REPLACED_SECRETS.property(),
                CLEAN_UP.property());
    }

    /** Closed before the store is, and what that stands on. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(ApiTokenStore.class);
    }

    /** Uses that wait to be written are not lost on a regular shutdown. */
    @Override
    public void close() {
        if (running != null) {
            lastUsed.flush(running, clock.instant());
        }
    }

    @Override
    public String getId() {
        return "default";
    }
}
