package io.qahub.keycloak.apitokens.model;

import io.micrometer.core.instrument.Timer;
import io.qahub.keycloak.apitokens.metrics.Meters;
import io.qahub.keycloak.apitokens.token.SecretHasher;
import io.qahub.keycloak.apitokens.token.TokenGenerator;
import java.time.Clock;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** Makes {@link ApiTokens}. Setting: {@code --spi-api-tokens--default--bcrypt-cost} (10). */
public final class ApiTokensFactory implements ProviderFactory<ApiTokens> {
    private static final ServerSetting BCRYPT_COST = new ServerSetting(
            "api-tokens",
            "bcryptCost",
            SecretHasher.MINIMUM_COST,
            SecretHasher.MINIMUM_COST,
            SecretHasher.MAXIMUM_COST,
            "bcrypt cost of new tokens, 10 to 30.");

    private final TokenGenerator generator = new TokenGenerator();
    private SecretHasher hasher;
    private Timer hashing;

    @Override
    public ApiTokens create(KeycloakSession session) {
        return new ApiTokens(session, generator, hasher, hashing, Clock.systemUTC());
    }

    @Override
    public void init(Config.Scope config) {
        hashing = Meters.timer("bcrypt", "Runs of bcrypt over secrets of API tokens.", "operation", "hash");
        hasher = new SecretHasher(BCRYPT_COST.of(config));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of(BCRYPT_COST.property());
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
