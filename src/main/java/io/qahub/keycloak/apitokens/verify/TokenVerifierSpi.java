package io.qahub.keycloak.apitokens.verify;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** SPI {@code api-token-verifier}. */
public final class TokenVerifierSpi implements Spi {
    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return "api-token-verifier";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return TokenVerifier.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return TokenVerifierFactory.class;
    }
}
