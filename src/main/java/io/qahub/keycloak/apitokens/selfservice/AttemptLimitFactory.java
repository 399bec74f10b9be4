package io.qahub.keycloak.apitokens.selfservice;

import io.qahub.keycloak.apitokens.model.NodeCache;
import io.qahub.keycloak.apitokens.model.ServerSetting;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** Makes {@link AttemptLimit}s that share what this node has counted. Settings: {@code --spi-api-token-self-service--default--…}. */
public final class AttemptLimitFactory implements ProviderFactory<AttemptLimit> {
    private static final ServerSetting ATTEMPTS_PER_MINUTE = new ServerSetting(
            AttemptLimitSpi.NAME,
            "attemptsPerMinute",
            300,
            1,
            1_000_000,
            "How many tokens one address may report, or try in vain, per minute on this node.");

    private static final ServerSetting ADDRESSES = new ServerSetting(
            AttemptLimitSpi.NAME,
            "addresses",
            10_000,
            1,
            100_000_000,
            "How many addresses, or IPv6 networks, this node counts at once.");

    private int perMinute;
    private NodeCache<String, Attempts> counts;

    @Override
    public AttemptLimit create(KeycloakSession session) {
        return new AttemptLimit(session, counts.in(session), perMinute);
    }

    @Override
    public void init(Config.Scope config) {
        perMinute = ATTEMPTS_PER_MINUTE.of(config);
        counts = NodeCache.of(
                "qh-api-token-attempts", ADDRESSES.of(config), cache -> cache.loader(network -> new Attempts()));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of(ATTEMPTS_PER_MINUTE.property(), ADDRESSES.property());
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
