package io.qahub.keycloak.apitokens.keycloak;

import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** The messages with which Keycloak invalidates the caches of other nodes. */
public final class ClusterMessages {
    /** The ID of the provider for nodes that are connected to each other. */
    private static final String CONNECTED_NODES = "infinispan";

    private ClusterMessages() {}

    /**
     * Returns whether other nodes have processed a message before the change that it reports returns to its caller. With
     * external caches, they read about it later.
     */
    public static boolean areSynchronous(KeycloakSessionFactory factory) {
        ProviderFactory<ClusterProvider> provider = factory.getProviderFactory(ClusterProvider.class);
        return provider != null && provider.getId().equals(CONNECTED_NODES);
    }
}
