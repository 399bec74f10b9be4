package io.qahub.keycloak.apitokens.selfservice;

import io.qahub.keycloak.apitokens.model.ServerSetting;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** Makes {@link AttemptLimit}s that share what this node has counted. Setting: {@code --spi-api-token-self-service--default--…}. */
public final class AttemptLimitFactory implements ProviderFactory<AttemptLimit> {
    private static final ServerSetting ATTEMPTS_PER_MINUTE = new ServerSetting(
            AttemptLimitSpi.NAME,
            "attemptsPerMinute",
            300,
            1,
            1_000_000,
            "How many tokens one address may report, or try in vain, per minute on this node.");

    /** So many addresses, or IPv6 networks, are counted at once; then those that have been quiet longest are forgotten. */
    private static final int ADDRESSES = 10_000;

    private int perMinute;
    private LocalCache<String, Attempts> counts;

    @Override
    public AttemptLimit create(KeycloakSession session) {
        return new AttemptLimit(session, counts(session), perMinute);
    }

    private synchronized LocalCache<String, Attempts> counts(KeycloakSession session) {
        if (counts == null) {
            counts = session.getProvider(LocalCacheProvider.class)
                    .create(LocalCacheConfiguration.<String, Attempts>builder()
                            .name("qh-api-token-attempts")
                            .maxSize(ADDRESSES)
                            .loader(network -> new Attempts())
                            .build());
        }
        return counts;
    }

    @Override
    public void init(Config.Scope config) {
        perMinute = ATTEMPTS_PER_MINUTE.of(config);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of(ATTEMPTS_PER_MINUTE.property());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "default";
    }
}
