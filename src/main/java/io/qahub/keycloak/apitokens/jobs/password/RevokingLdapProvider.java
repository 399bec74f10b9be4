package io.qahub.keycloak.apitokens.jobs.password;

import org.keycloak.component.ComponentModel;
import org.keycloak.credential.CredentialInput;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.storage.UserStorageProvider.EditMode;
import org.keycloak.storage.ldap.LDAPStorageProvider;
import org.keycloak.storage.ldap.LDAPStorageProviderFactory;
import org.keycloak.storage.ldap.idm.store.ldap.LDAPIdentityStore;

/**
 * Keycloak's LDAP federation, which also revokes tokens. In the edit mode <i>Writable</i>, it writes passwords to the
 * directory only, not with Keycloak's password provider. In the other edit modes, it writes no passwords.
 */
final class RevokingLdapProvider extends LDAPStorageProvider {
    RevokingLdapProvider(
            LDAPStorageProviderFactory factory,
            KeycloakSession session,
            ComponentModel component,
            LDAPIdentityStore directory) {
        super(factory, session, component, directory);
    }

    /**
     * Revokes the tokens last, because the directory may reject the password and does not take part in the transaction.
     * Reads them first, so that an unavailable database fails the change before the password is written.
     */
    @Override
    public boolean updateCredential(RealmModel realm, UserModel user, CredentialInput input) {
        PasswordChange change = new PasswordChange(session, realm, user.getId());
        boolean writes = editMode == EditMode.WRITABLE && PasswordCredentialModel.TYPE.equals(input.getType());
        if (writes) {
            change.requireTokens();
        }
        boolean written = super.updateCredential(realm, user, input);
        if (writes && written) {
            change.revokeTokensAfterDirectory();
        }
        return written;
    }
}
