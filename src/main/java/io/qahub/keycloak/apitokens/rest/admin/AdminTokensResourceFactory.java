package io.qahub.keycloak.apitokens.rest.admin;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Registers the resource at {@code /admin/realms/{realm}/api-tokens}. */
public final class AdminTokensResourceFactory implements AdminRealmResourceProviderFactory {
    private static final String ID = "api-tokens";

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new AdminTokensResourceProvider();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }

    private record AdminTokensResourceProvider() implements AdminRealmResourceProvider {
        @Override
        public Object getResource(
                KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {
            return new AdminTokensResource(session, realm, new AdminRights(session, realm, auth), event);
        }

        @Override
        public void close() {}
    }
}
