package io.qahub.keycloak.apitokens.jobs.password;

import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.credential.PasswordCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Replaces Keycloak's password provider, which has the same id. */
public final class RevokingPasswordProviderFactory extends PasswordCredentialProviderFactory {
    @Override
    public PasswordCredentialProvider create(KeycloakSession session) {
        return new RevokingPasswordProvider(session, super.create(session));
    }

    @Override
    public int order() {
        return 100;
    }
}
