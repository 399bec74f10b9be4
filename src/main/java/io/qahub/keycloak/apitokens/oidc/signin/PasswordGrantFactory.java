package io.qahub.keycloak.apitokens.oidc.signin;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.ResourceOwnerPasswordCredentialsGrantTypeFactory;

/** Replaces Keycloak's direct grant, which it leaves unchanged for requests without an API token. */
public final class PasswordGrantFactory extends ResourceOwnerPasswordCredentialsGrantTypeFactory {
    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        return new PasswordGrant();
    }

    @Override
    public int order() {
        return 100;
    }
}
