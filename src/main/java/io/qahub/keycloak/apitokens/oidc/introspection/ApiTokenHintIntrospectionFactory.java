package io.qahub.keycloak.apitokens.oidc.introspection;

import io.qahub.keycloak.apitokens.http.VerificationRequest;
import jakarta.ws.rs.core.Response;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory;

/** Introspection at Keycloak's endpoint with {@code token_type_hint=api_token}. */
public final class ApiTokenHintIntrospectionFactory implements TokenIntrospectionProviderFactory {
    static final String HINT = VerificationRequest.TOKEN_TYPE;

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new TokenIntrospectionProvider() {
            @Override
            public Response introspect(String token, EventBuilder event) {
                return ApiTokenIntrospection.of(session, event).introspect(token);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return HINT;
    }
}
