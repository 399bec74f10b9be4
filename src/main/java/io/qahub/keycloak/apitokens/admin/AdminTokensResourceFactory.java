package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.ServerSetting;
import java.time.Clock;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Puts our resource at {@code /admin/realms/{realm}/api-tokens}. Setting: {@code
 * --spi-admin-realm-restapi-extension--api-tokens--…}.
 */
public final class AdminTokensResourceFactory implements AdminRealmResourceProviderFactory {
    private static final String ID = "api-tokens";
    private static final ServerSetting LONG_LISTS = new ServerSetting(
            "admin-realm-restapi-extension",
            ID,
            "longLists",
            100,
            1,
            1_000_000,
            "Of how many lists of 10,000 tokens and more this node remembers the length, and ways into their middle.");

    private Surveys surveys;

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new AdminTokensResourceProvider(surveys);
    }

    @Override
    public void init(Config.Scope config) {
        surveys = new Surveys(Clock.systemUTC(), LONG_LISTS.of(config));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of(LONG_LISTS.property());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(surveys::onEvent);
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }

    private record AdminTokensResourceProvider(Surveys surveys) implements AdminRealmResourceProvider {
        @Override
        public Object getResource(
                KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {
            return new AdminTokensResource(session, realm, new AdminRights(session, realm, auth), event, surveys);
        }

        @Override
        public void close() {}
    }
}
