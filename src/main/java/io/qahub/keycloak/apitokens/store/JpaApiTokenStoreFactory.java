package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ApiTokenStoreFactory;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;

/** Makes the JPA store. */
public final class JpaApiTokenStoreFactory implements ApiTokenStoreFactory {
    @Override
    public ApiTokenStore create(KeycloakSession session) {
        return new JpaApiTokenStore(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public String getId() {
        return "jpa";
    }
}
