package io.qahub.keycloak.apitokens.resourceserver;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** SPI {@code api-token-resource-server}. */
public final class ResourceServersSpi implements Spi {
    static final String NAME = "api-token-resource-server";

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
        return ResourceServers.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return ResourceServersFactory.class;
    }
}
