package io.qahub.keycloak.apitokens.keycloak;

import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** The messages with which Keycloak invalidates cache entries on other nodes. */
public final class ClusterMessages {
    /** The ID of Keycloak's cluster provider for embedded caches. */
    private static final String EMBEDDED_CACHES = "infinispan";

    private ClusterMessages() {}

    /**
     * Returns whether a call that changes data returns only after all nodes have processed the message. This is true for
     * embedded caches. With external caches, Keycloak does not wait; with the feature {@code stateless}, it waits for a
     * limited time.
     */
    public static boolean areSynchronous(KeycloakSessionFactory factory) {
        ProviderFactory<ClusterProvider> provider = factory.getProviderFactory(ClusterProvider.class);
        return provider != null && provider.getId().equals(EMBEDDED_CACHES);
    }
}
