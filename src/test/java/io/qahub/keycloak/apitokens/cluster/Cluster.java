package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Keycloak;
import java.util.List;
import java.util.stream.Stream;

/** Two nodes on one PostgreSQL, started once for all tests that need them. */
record Cluster(Postgres database, Node one, Node other) {
    private static Cluster running;

    static synchronized Cluster get() {
        if (running == null) {
            Postgres database = Postgres.start();
            Node one = new Node(Keycloak.node("one", database.serverOptions()));
            running = new Cluster(database, one, join(database));
        }
        return running;
    }

    /** Starts the other node again after it was killed. */
    static synchronized void startOther() {
        running = new Cluster(running.database, running.one, join(running.database));
    }

    private static Node join(Postgres database) {
        Keycloak other = Keycloak.node("other", database.serverOptions());
        assertTrue(other.log().contains("] (2) ["), "the nodes form a cluster");
        return new Node(other);
    }

    /** Starts a node on the same database that hears nothing of the others; whoever asked closes it. */
    Node cutOff(int cacheMaxAge) {
        List<String> options = Stream.concat(
                        database.serverOptions().stream(),
                        Stream.of(
                                "--cache=local",
                                "--spi-api-tokens--default--cache-max-age=" + cacheMaxAge,
                                "--spi-api-tokens--default--last-used-flush-interval=60"))
                .toList();
        return new Node(Keycloak.node("cut-off", options));
    }
}
