package io.qahub.keycloak.apitokens.introspect;

import jakarta.ws.rs.core.Response;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory;

/** The standard endpoint's {@code token_type_hint=api_token}. */
public final class ApiTokenHintIntrospectionFactory implements TokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new ApiTokensOnly(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "api_token";
    }

    private record ApiTokensOnly(KeycloakSession session) implements TokenIntrospectionProvider {
        @Override
        public Response introspect(String token, EventBuilder event) {
            return new TokenIntrospection(session, event).answer(token);
        }

        @Override
        public void close() {}
    }
}
