package io.qahub.keycloak.apitokens.jobs.password;

import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Keycloak's password provider, which also revokes tokens. Every password that Keycloak itself stores passes through
 * {@link #createCredential(RealmModel, UserModel, PasswordCredentialModel)}, except a password that is hashed again
 * when its user signs in, which has not changed.
 */
final class RevokingPasswordProvider extends PasswordCredentialProvider {
    private final PasswordCredentialProvider keycloak;

    RevokingPasswordProvider(KeycloakSession session, PasswordCredentialProvider keycloak) {
        super(session, null, false, false, false, false, false);
        this.keycloak = keycloak;
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, PasswordCredentialModel credential) {
        new PasswordChange(session, realm, user.getId()).revokeTokens();
        return super.createCredential(realm, user, credential);
    }

    /** Delegates because Keycloak's provider has the settings of the metric about validations. */
    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return keycloak.isValid(realm, user, input);
    }
}
