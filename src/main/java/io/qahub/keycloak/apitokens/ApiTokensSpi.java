package io.qahub.keycloak.apitokens;

import io.qahub.keycloak.apitokens.model.ApiTokens;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI {@code api-tokens}, through which {@link ApiTokens} is a Keycloak provider with a lifecycle and settings. */
public final class ApiTokensSpi implements Spi {
    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return "api-tokens";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ApiTokens.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return ApiTokensFactory.class;
    }
}
