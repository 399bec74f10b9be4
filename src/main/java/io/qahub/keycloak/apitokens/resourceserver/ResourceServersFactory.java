package io.qahub.keycloak.apitokens.resourceserver;

import io.qahub.keycloak.apitokens.model.NodeCache;
import io.qahub.keycloak.apitokens.model.ServerSetting;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/**
 * Makes {@link ResourceServers} that share what this node remembers. Setting: {@code
 * --spi-api-token-resource-server--default--…}.
 */
public final class ResourceServersFactory implements ProviderFactory<ResourceServers> {
    private static final ServerSetting CLIENTS = new ServerSetting(
            ResourceServersSpi.NAME,
            "clients",
            10_000,
            1,
            100_000_000,
            "How many resource servers this node remembers.");

    private NodeCache<String, AssignedScope> assigned;

    @Override
    public ResourceServers create(KeycloakSession session) {
        return new ResourceServers(assigned.in(session));
    }

    @Override
    public void init(Config.Scope config) {
        assigned = NodeCache.of("qh-api-token-resource-servers", CLIENTS.of(config));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of(CLIENTS.property());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "default";
    }
}
