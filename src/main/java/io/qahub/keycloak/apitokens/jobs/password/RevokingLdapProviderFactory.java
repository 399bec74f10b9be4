package io.qahub.keycloak.apitokens.jobs.password;

import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.ldap.LDAPStorageProvider;
import org.keycloak.storage.ldap.LDAPStorageProviderFactory;

/** Replaces Keycloak's LDAP federation, which has the same id. */
public final class RevokingLdapProviderFactory extends LDAPStorageProviderFactory {
    @Override
    public LDAPStorageProvider create(KeycloakSession session, ComponentModel component) {
        return new RevokingLdapProvider(
                this, session, component, super.create(session, component).getLdapIdentityStore());
    }

    @Override
    public int order() {
        return 100;
    }
}
