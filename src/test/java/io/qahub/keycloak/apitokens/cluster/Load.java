package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;

import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Clients that continuously verify active tokens at nodes; a wrong response ends the load. */
final class Load implements AutoCloseable {
    private static final int PER_NODE = 2;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean done;

    /** Starts verifying in the tokens' realm. */
    static Load on(Stream<Realm> nodes, List<String> tokens) {
        Load load = new Load();
        nodes.forEach(node -> {
            for (int i = 0; i < PER_NODE; i++) {
                load.pool.execute(() -> load.ask(node, tokens));
            }
        });
        return load;
    }

    private void ask(Realm node, List<String> tokens) {
        try {
            for (int i = 0; !done; i++) {
                if (!node.isActive(tokens.get(i % tokens.size()))) {
                    throw new AssertionError("an active token was rejected");
                }
                answers.incrementAndGet();
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Returns the responses per second during that time. */
    long answersIn(Duration time) {
        return answersWhile(time, () -> false);
    }

    /** Returns the responses per second while a condition is true, and for at least this time. Polls the condition. */
    long answersWhile(Duration least, BooleanSupplier goesOn) {
        long first = answers.get();
        Instant start = Instant.now();
        await("the end of the measurement")
                .pollDelay(least)
                .pollInterval(least)
                .atMost(Duration.ofHours(1))
                .until(() -> {
                    if (failure.get() != null) {
                        throw new AssertionError("the load failed", failure.get());
                    }
                    return !goesOn.getAsBoolean();
                });
        return (answers.get() - first)
                * 1000
                / Duration.between(start, Instant.now()).toMillis();
    }

    @Override
    public void close() {
        done = true;
        pool.shutdownNow();
    }
}
