package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.server.Keycloak;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Two nodes that share only the database and external caches: an Infinispan server. */
@Tag("cluster")
class ExternalCachesIT extends RevocationStory {
    private static Infinispan caches;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        caches = Infinispan.start();
        Postgres database = Postgres.start();
        cluster = new Cluster(database, node(database, "one"), node(database, "other"));
    }

    private static Node node(Postgres database, String name) {
        List<String> options = Stream.concat(database.serverOptions().stream(), caches.keycloakOptions())
                .toList();
        return new Node(Keycloak.node("external-" + name, options));
    }

    @AfterAll
    static void stop() {
        cluster.one().server().close();
        cluster.other().server().close();
        cluster.database().close();
        caches.close();
    }

    @Override
    Cluster cluster() {
        return cluster;
    }
}
