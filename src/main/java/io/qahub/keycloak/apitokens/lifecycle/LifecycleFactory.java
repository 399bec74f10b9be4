package io.qahub.keycloak.apitokens.lifecycle;

import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.scheduled.ClusterAwareScheduledTaskRunner;
import org.keycloak.timer.TimerProvider;

/** Sets going what happens to tokens without anyone asking. Settings: {@code --spi-api-token-lifecycle--default--…}. */
public final class LifecycleFactory implements ProviderFactory<Lifecycle> {
    private static final String FLUSH = "lastUsedFlush";
    private static final String CLEAN_UP = "cleanUpInterval";
    private static final int FLUSH_DEFAULT = 10;
    private static final int CLEAN_UP_DEFAULT = 3600;

    private final Clock clock = Clock.systemUTC();
    private final LastUsed lastUsed = new LastUsed();
    private Duration flushEvery;
    private Duration cleanUpEvery;
    private volatile KeycloakSessionFactory running;

    @Override
    public Lifecycle create(KeycloakSession session) {
        return () -> {};
    }

    @Override
    public void init(Config.Scope config) {
        flushEvery = seconds(config, FLUSH, FLUSH_DEFAULT);
        cleanUpEvery = seconds(config, CLEAN_UP, CLEAN_UP_DEFAULT);
    }

    private static Duration seconds(Config.Scope config, String name, int fallback) {
        int seconds = config.getInt(name, fallback);
        if (seconds < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 second, not " + seconds);
        }
        return Duration.ofSeconds(seconds);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(this::onEvent);
    }

    private void onEvent(ProviderEvent event) {
        if (event instanceof TokenUsedEvent used) {
            lastUsed.note(used);
        } else if (event instanceof PostMigrationEvent started) {
            schedule(started.getFactory());
        } else {
            Removals.onEvent(event);
        }
    }

    private void schedule(KeycloakSessionFactory factory) {
        running = factory;
        try (KeycloakSession session = factory.create()) {
            TimerProvider timer = session.getProvider(TimerProvider.class);
            timer.schedule(
                    () -> lastUsed.flush(factory, clock.instant()), flushEvery.toMillis(), "api-token-last-used");
            timer.schedule(
                    new ClusterAwareScheduledTaskRunner(factory, new CleanUp(clock), cleanUpEvery.toMillis()),
                    cleanUpEvery.toMillis(),
                    "api-token-clean-up");
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property(FLUSH, "", "Seconds between two writes of when tokens were last used.", "int", "10", null)
                .property(CLEAN_UP, "", "Seconds between two clean-ups of inactive tokens.", "int", "3600", null)
                .build();
    }

    /** The last minute's uses are not lost on a regular shutdown. */
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
