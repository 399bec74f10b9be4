package io.qahub.keycloak.apitokens.oidc.introspection;

import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/** Replaces Keycloak's {@code access_token} introspection, and delegates to it for all other tokens. */
public final class AccessTokenHintIntrospectionFactory extends AccessTokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        // Keycloak's account API casts the provider to this class.
        return new AccessTokenIntrospectionProvider<AccessToken>(session) {
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
