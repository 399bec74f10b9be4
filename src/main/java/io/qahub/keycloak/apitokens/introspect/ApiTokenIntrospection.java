package io.qahub.keycloak.apitokens.introspect;

import io.qahub.keycloak.apitokens.accesstoken.RestrictedAccessToken;
import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/**
 * Answers about {@code qh_} strings and what was obtained with them, and leaves the rest to another provider.
 *
 * @param others makes Keycloak's own provider, which holds nothing to close; null where all strings are ours to judge
 */
record ApiTokenIntrospection(KeycloakSession session, Supplier<TokenIntrospectionProvider> others)
        implements TokenIntrospectionProvider {
    @Override
    public Response introspect(String token, EventBuilder event) {
        if (!token.startsWith(TokenString.SCHEME) && RestrictedAccessToken.isOne(token)) {
            return new RestrictedTokenIntrospection(session, event).answer(token);
        }
        return others == null || token.startsWith(TokenString.SCHEME)
                ? new TokenIntrospection(session, event).answer(token)
                : others.get().introspect(token, event);
    }

    @Override
    public void close() {}
}
