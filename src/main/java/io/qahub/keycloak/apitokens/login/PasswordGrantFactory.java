package io.qahub.keycloak.apitokens.login;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.ResourceOwnerPasswordCredentialsGrantTypeFactory;

/** Takes the place of Keycloak's direct grant; without an API token in it, it is Keycloak's. */
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
