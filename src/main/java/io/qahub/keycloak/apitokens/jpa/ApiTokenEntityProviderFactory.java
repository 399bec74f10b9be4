package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.keycloak.ManualMigration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Registers the entity and its Liquibase changelog with Keycloak. */
public final class ApiTokenEntityProviderFactory implements JpaEntityProviderFactory {
    private static final String ID = "qh-api-tokens";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        ManualMigration.includeProviders(session);
        return new ApiTokenEntityProvider();
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

    private static final class ApiTokenEntityProvider implements JpaEntityProvider {
        @Override
        public List<Class<?>> getEntities() {
            return List.of(ApiTokenEntity.class);
        }

        @Override
        public String getChangelogLocation() {
            return "META-INF/qh-api-tokens-changelog.xml";
        }

        @Override
        public String getFactoryId() {
            return ID;
        }

        @Override
        public void close() {}
    }
}
