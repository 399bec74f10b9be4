package io.qahub.keycloak.apitokens.oidc.exchange;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;

/** Registers the exchange of API tokens, with a higher priority than Keycloak's own exchanges. */
public final class ApiTokenExchangeFactory implements TokenExchangeProviderFactory {
    @Override
    public TokenExchangeProvider create(KeycloakSession session) {
        return new ApiTokenExchange();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "api-token";
    }

    @Override
    public int order() {
        return 100;
    }
}
