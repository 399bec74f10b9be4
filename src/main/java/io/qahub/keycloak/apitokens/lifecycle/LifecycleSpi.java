package io.qahub.keycloak.apitokens.lifecycle;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** SPI {@code api-token-lifecycle}. */
public final class LifecycleSpi implements Spi {
    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return "api-token-lifecycle";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return Lifecycle.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return LifecycleFactory.class;
    }
}
