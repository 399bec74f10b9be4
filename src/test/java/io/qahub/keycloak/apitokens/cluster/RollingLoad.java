package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Resource servers that verify active tokens at the nodes of a cluster, while these are restarted one after the other. */
final class RollingLoad implements AutoCloseable {
    private static final int PER_NODE = 2;

    /** Leaves time for a node that starts on the same machine. */
    private static final int PAUSE_MILLIS = 10;

    private final List<Place> places;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final AtomicInteger verdicts = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;

    private RollingLoad(List<Place> places) {
        this.places = places;
    }

    static RollingLoad on(List<Node> nodes, List<String> tokens) {
        RollingLoad load = new RollingLoad(nodes.stream().map(Place::new).toList());
        for (Place place : load.places) {
            for (int i = 0; i < PER_NODE; i++) {
                load.pool.execute(() -> load.verify(place, tokens));
            }
        }
        return load;
    }

    private void verify(Place place, List<String> tokens) {
        try {
            for (int i = 0; !isOver; i++) {
                if (introspect(place, tokens.get(i % tokens.size()))
                        .filter(active -> !active)
                        .isPresent()) {
                    mistakes.add("an active token was reported as inactive");
                }
                HistoryActors.pause(PAUSE_MILLIS);
            }
        } catch (RuntimeException | Error e) {
            mistakes.add(e.toString());
        }
    }

    /** Returns the result; nothing if the node closed the connection because it is restarting. */
    private Optional<Boolean> introspect(Place place, String token) {
        Node node = place.node;
        try {
            Answer answer = node.introspect(token);
            if (answer.status() != 200) {
                mistakes.add(
                        answer.status() + " " + answer.text() + (place.isRestarting ? " at a restarting node" : ""));
                return Optional.empty();
            }
            verdicts.incrementAndGet();
            return Optional.of(answer.json().path("active").asBoolean());
        } catch (UncheckedIOException e) {
            if (!place.isRestarting && place.node == node) {
                mistakes.add("no response from a running node: " + e);
            }
            closed.incrementAndGet();
            return Optional.empty();
        }
    }

    /** Introspects a token at each node; a node that is restarting may close the connection. */
    void assertAll(boolean active, String token, String when) {
        for (Place place : places) {
            if (introspect(place, token).filter(actual -> actual != active).isPresent()) {
                mistakes.add((active ? "inactive " : "active ") + when);
            }
        }
    }

    /** Returns the nodes that are not restarting. */
    List<Node> running() {
        return places.stream()
                .filter(place -> !place.isRestarting)
                .map(place -> place.node)
                .toList();
    }

    /** From now on, this node may close connections. */
    void beginRestart(Node node) {
        place(node).isRestarting = true;
    }

    void endRestart(Node node, Node restarted) {
        Place place = place(node);
        place.node = restarted;
        place.isRestarting = false;
    }

    private Place place(Node node) {
        return places.stream().filter(place -> place.node == node).findAny().orElseThrow();
    }

    /** Waits for more results of the load. */
    void awaitMore(int results) {
        int enough = verdicts.get() + results;
        await(results + " more results").atMost(Duration.ofMinutes(1)).until(() -> verdicts.get() >= enough);
    }

    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    @Override
    public String toString() {
        return verdicts + " introspections, and " + closed + " attempts at a node that was not running";
    }

    @Override
    public void close() {
        isOver = true;
        pool.shutdown();
    }

    /** One of the nodes, before and after its restart. */
    private static final class Place {
        private volatile Node node;
        private volatile boolean isRestarting;

        private Place(Node node) {
            this.node = node;
        }
    }
}
