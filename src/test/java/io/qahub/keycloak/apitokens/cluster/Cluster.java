package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Keycloak;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Two nodes on one PostgreSQL, started once for all tests that need them. */
record Cluster(Postgres database, Node one, Node other) {
    /** The minimum time between two writes of a token's last use: the lowest valid value. */
    static final Duration LAST_USED_INTERVAL = Duration.ofSeconds(10);

    private static Cluster running;

    static synchronized Cluster get() {
        if (running == null) {
            Postgres database = Postgres.start();
            Node one = new Node(Keycloak.node("one", options(database)));
            running = new Cluster(database, one, join(database));
        }
        return running;
    }

    /** Starts the other node again after it was killed. */
    static synchronized void startOther() {
        running = new Cluster(running.database, running.one, join(running.database));
    }

    private static Node join(Postgres database) {
        Keycloak other = Keycloak.node("other", options(database));
        assertTrue(other.log().contains("] (2) ["), "the nodes do not form a cluster");
        return new Node(other);
    }

    private static List<String> options(Postgres database) {
        String interval = "--spi-api-tokens--default--last-used-interval=" + LAST_USED_INTERVAL.toSeconds();
        return Stream.concat(database.serverOptions().stream(), Stream.of(interval))
                .toList();
    }

    /** Starts a node on the same database that is cut off from the others; the caller closes it. */
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
