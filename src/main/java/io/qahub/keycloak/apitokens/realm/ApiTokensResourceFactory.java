package io.qahub.keycloak.apitokens.realm;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Puts our resources at {@code /realms/{realm}/api-tokens}. */
public final class ApiTokensResourceFactory implements RealmResourceProviderFactory {
    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new ApiTokensResourceProvider(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "api-tokens";
    }

    private record ApiTokensResourceProvider(KeycloakSession session) implements RealmResourceProvider {
        @Override
        public Object getResource() {
            return new ApiTokensResource(session);
        }

        @Override
        public void close() {}
    }
}
