package io.qahub.keycloak.apitokens.model;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** SPI {@code api-token-store}. */
public final class ApiTokenStoreSpi implements Spi {
    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return "api-token-store";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ApiTokenStore.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return ApiTokenStoreFactory.class;
    }
}
