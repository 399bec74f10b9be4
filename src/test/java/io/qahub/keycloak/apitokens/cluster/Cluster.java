package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.server.Keycloak;
import java.util.List;
import java.util.stream.Stream;

/** Two nodes on one PostgreSQL, started once for all tests that need them. */
record Cluster(Postgres database, Node one, Node other) {
    private static Cluster running;

    static synchronized Cluster get() {
        if (running == null) {
            Postgres database = Postgres.start();
            Keycloak one = Keycloak.node("one", database.serverOptions());
            Keycloak other = one.twin("other", database.serverOptions());
            running = new Cluster(database, new Node(one), new Node(other));
        }
        return running;
    }

    /** Starts a node on the same database that hears nothing of the others; whoever asked closes it. */
    Node cutOff(int rowMaximumAge) {
        List<String> options = Stream.concat(
                        database.serverOptions().stream(),
                        Stream.of(
                                "--cache=local", "--spi-api-token-verifier--default--row-maximum-age=" + rowMaximumAge))
                .toList();
        return new Node(Keycloak.node("cut-off", options));
    }
}
