package io.qahub.keycloak.apitokens.oidc.introspection;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Replaces Keycloak's {@code refresh_token} introspection, and delegates to it for all other tokens. */
public final class RefreshTokenHintIntrospectionFactory extends RefreshTokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new ApiTokenIntrospection(session, () -> super.create(session));
    }

    @Override
    public int order() {
        return 100;
    }
}
