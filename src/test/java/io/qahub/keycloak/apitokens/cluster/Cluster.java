package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Build;
import io.qahub.keycloak.apitokens.server.Keycloak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Two nodes on one PostgreSQL, started once for all tests that need them. */
record Cluster(Postgres database, Node one, Node other) {
    /** The minimum time between two writes of a token's last use: the lowest valid value. */
    static final Duration LAST_USED_INTERVAL = Duration.ofSeconds(10);

    /** The jar with which the nodes start at first; see {@code .ci/rolling}. */
    static final Path PREVIOUS = Optional.ofNullable(System.getProperty("cluster.previous"))
            .map(Path::of)
            .orElseGet(Build::jar);

    private static Cluster running;

    static synchronized Cluster get() {
        if (running == null) {
            Postgres database = Postgres.start();
            Node one = new Node(Keycloak.node("one", PREVIOUS, options(database)));
            running = new Cluster(database, one, join(database, "other", PREVIOUS));
        }
        return running;
    }

    /** Starts the other node again after it was killed. */
    static synchronized void startOther() {
        running = new Cluster(running.database, running.one, join(running.database, "other", Build.jar()));
    }

    /** Shuts a node down and starts it again with the packaged jar. */
    static synchronized Node restart(Node node) throws InterruptedException {
        Signal.TERM.send(node);
        assertTrue(node.server().process().waitFor(1, TimeUnit.MINUTES), "the node does not shut down");
        boolean isOne = node == running.one;
        Node restarted = join(running.database, isOne ? "one" : "other", Build.jar());
        running = new Cluster(running.database, isOne ? restarted : running.one, isOne ? running.other : restarted);
        return restarted;
    }

    private static Node join(Postgres database, String name, Path jar) {
        Keycloak joined = Keycloak.node(name, jar, options(database));
        assertTrue(joined.log().contains("] (2) ["), "the nodes do not form a cluster");
        return new Node(joined);
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
