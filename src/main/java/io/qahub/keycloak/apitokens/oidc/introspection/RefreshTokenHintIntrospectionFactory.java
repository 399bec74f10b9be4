package io.qahub.keycloak.apitokens.oidc.introspection;

import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Replaces Keycloak's {@code refresh_token} introspection, and delegates to it for all other tokens. */
public final class RefreshTokenHintIntrospectionFactory extends RefreshTokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new RefreshTokenIntrospectionProvider(session) {
            @Override
            public Response introspect(String token, EventBuilder event) {
                return ApiTokenIntrospection.supports(token)
                        ? ApiTokenIntrospection.of(session, event).introspect(token)
                        : super.introspect(token, event);
            }
        };
    }

    @Override
    public int order() {
        return 100;
    }
}
