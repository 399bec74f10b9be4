package io.qahub.keycloak.apitokens.selfservice;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** SPI {@code api-token-self-service}. */
public final class AttemptLimitSpi implements Spi {
    static final String NAME = "api-token-self-service";

    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return AttemptLimit.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return AttemptLimitFactory.class;
    }
}
