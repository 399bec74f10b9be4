package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.SecretHasher;
import io.qahub.keycloak.apitokens.token.TokenGenerator;
import java.time.Clock;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderFactory;

/** Makes {@link ApiTokens}. Setting: {@code --spi-api-tokens--default--bcrypt-cost} (10). */
public final class ApiTokensFactory implements ProviderFactory<ApiTokens> {
    private static final String BCRYPT_COST = "bcryptCost";

    private final TokenGenerator generator = new TokenGenerator();
    private SecretHasher hasher;

    @Override
    public ApiTokens create(KeycloakSession session) {
        return new ApiTokens(session, generator, hasher, Clock.systemUTC());
    }

    @Override
    public void init(Config.Scope config) {
        hasher = new SecretHasher(config.getInt(BCRYPT_COST, SecretHasher.MINIMUM_COST));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(BCRYPT_COST)
                .type("int")
                .helpText("bcrypt cost of new tokens, 10 to 30.")
                .defaultValue(SecretHasher.MINIMUM_COST)
                .add()
                .build();
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
