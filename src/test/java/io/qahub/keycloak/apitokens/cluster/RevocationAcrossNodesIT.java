package io.qahub.keycloak.apitokens.cluster;

import org.junit.jupiter.api.Tag;

/** Two nodes that are connected to each other. */
@Tag("cluster")
class RevocationAcrossNodesIT extends RevocationStory {
    @Override
    Cluster cluster() {
        return Cluster.get();
    }
}
