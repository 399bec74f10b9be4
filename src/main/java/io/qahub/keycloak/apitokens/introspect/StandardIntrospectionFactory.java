package io.qahub.keycloak.apitokens.introspect;

import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Takes the place of Keycloak's {@code access_token} introspection: {@code qh_} strings are ours, the rest is Keycloak's. */
public final class StandardIntrospectionFactory extends AccessTokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new OursOrKeycloaks(session, super.create(session));
    }

    @Override
    public int order() {
        return 100;
    }

    private record OursOrKeycloaks(KeycloakSession session, TokenIntrospectionProvider keycloaks)
            implements TokenIntrospectionProvider {
        @Override
        public Response introspect(String token, EventBuilder event) {
            return token.startsWith(TokenString.SCHEME)
                    ? new TokenIntrospection(session, event).answer(token)
                    : keycloaks.introspect(token, event);
        }

        @Override
        public void close() {
            keycloaks.close();
        }
    }
}
