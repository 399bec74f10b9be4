package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Mistake;
import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Verdict;
import io.qahub.keycloak.apitokens.cluster.KnownTokens.Known;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random operations and introspections at three nodes while nodes are stopped, killed and cut off, and the database is
 * restarted. No verdict may contradict what was acknowledged. {@code -Dhistory.seconds=600} for more than a quick look;
 * {@code -Dhistory.seed=} repeats the faults and the choices of each actor, but not how their requests overlap.
 */
@Tag("cluster")
class HistoryIT {
    private static final int SECONDS = Integer.getInteger("history.seconds", 60);
    private static final long SEED = Long.getLong("history.seed", System.nanoTime());

    /** So short that a minute shows whether it is kept, and long enough for many verdicts from a cache. */
    private static final Duration MAX_AGE = Duration.ofSeconds(5);

    private static final Duration OBSERVATION_INTERVAL = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> NAMES = List.of("1", "2", "3");
    private static final int OPERATORS = 2;
    private static final int READERS = 3;

    private final History history = new History();
    private final KnownTokens tokens = new KnownTokens();
    private final Map<Fault.Kind, Integer> faults = new EnumMap<>(Fault.Kind.class);
    private NodeGroup nodes;
    private CompletableFuture<Void> starting = CompletableFuture.completedFuture(null);

    @Test
    void noVerdictContradictsWhatWasAcknowledged() throws Exception {
        System.out.printf("history.seed=%d, history.seconds=%d%n", SEED, SECONDS);
        nodes = new NodeGroup(
                List.of("--spi-api-tokens--default--cache-max-age=" + MAX_AGE.toSeconds(), "--log-level=info"));
        try {
            nodes.start(NAMES.get(0)); // creates the tables, for which others would wait
            NAMES.stream().skip(1).parallel().forEach(nodes::start);
            awaitConnected();
            act();
            verifyAll();
            check();
        } finally {
            nodes.close();
        }
    }

    private void act() throws Exception {
        HistoryActors actors = new HistoryActors();
        actors.start(0, 1, random -> observe());
        Random seeds = new Random(SEED);
        for (String name : NAMES) {
            for (int i = 0; i < OPERATORS; i++) {
                HistoryOperator operator = new HistoryOperator(nodes, name, NAMES, tokens, history);
                actors.start(seeds.nextLong(), 200, operator::operate);
            }
            for (int i = 0; i < READERS; i++) {
                actors.start(seeds.nextLong(), 30, random -> read(name, random));
            }
        }
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        try {
            while (System.nanoTime() < end) {
                for (Fault fault : Fault.round(seeds, NAMES.size())) {
                    HistoryActors.pause((int) fault.pause().toMillis());
                    cause(fault);
                }
            }
        } finally {
            starting.join();
            actors.end();
        }
    }

    private void observe() {
        nodes.observe();
        HistoryActors.pause((int) OBSERVATION_INTERVAL.toMillis());
    }

    private void read(String name, Random random) {
        Optional<Known> token = tokens.anyToVerify(random);
        nodes.node(name)
                .ifPresent(node ->
                        token.ifPresent(known -> history.introspect(name, node, known.string(), known.conditions())));
    }

    /** A node starts only while the database and all members of the cluster respond. */
    private void cause(Fault fault) {
        String name = NAMES.get(fault.node());
        System.out.printf(
                "%d ms: %s of node %s for %s%n", History.now() / 1_000_000, fault.kind(), name, fault.duration());
        if (fault.kind() != Fault.Kind.STOP) {
            starting.join();
        }
        switch (fault.kind()) {
            case STOP -> {
                nodes.stop(name);
                HistoryActors.pause((int) fault.duration().toMillis());
                nodes.resume(name);
            }
            case DATABASE -> {
                nodes.database().close();
                HistoryActors.pause((int) fault.duration().toMillis());
                nodes.database().resume();
            }
            case CUT_OFF -> {
                nodes.kill(name);
                starting = CompletableFuture.runAsync(() -> nodes.startCutOff(name));
            }
            case KILL -> {
                nodes.kill(name);
                nodes.start(name);
            }
        }
        faults.merge(fault.kind(), 1, Integer::sum);
    }

    private void awaitConnected() {
        await("all nodes to be connected")
                .atMost(PATIENCE)
                .pollInterval(OBSERVATION_INTERVAL)
                .until(() -> nodes.observe() == NAMES.size());
    }

    /** After all faults, each node answers about each token, and has heard of each change. */
    private void verifyAll() {
        awaitConnected();
        HistoryActors.pause((int) MAX_AGE.toMillis());
        for (Known known : tokens.all()) {
            for (String name : NAMES) {
                await("a verdict after all faults")
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .until(() -> history.introspect(
                                name, nodes.node(name).orElseThrow(), known.string(), known.conditions()));
            }
        }
    }

    private void check() {
        HistoryChecker checker = new HistoryChecker(nodes.connections()::reachesAtOnce, MAX_AGE.toNanos());
        history.changes().forEach(checker::add);
        List<Verdict> verdicts = List.copyOf(history.verdicts());
        long active = verdicts.stream()
                .filter(verdict -> isExpected(checker, verdict, true))
                .count();
        long inactive = verdicts.stream()
                .filter(verdict -> isExpected(checker, verdict, false))
                .count();
        long atOnce = verdicts.stream()
                .filter(verdict -> checker.expected(verdict).isPresent()
                        && checker.expectedAfterMaxAge(verdict).isEmpty())
                .count();
        System.out.printf(
                "%d changes; %d verdicts, of which %d must be active and %d inactive, %d of these only at a connected node;"
                        + " faults: %s; load average %.1f%n%s%nErrors: %s%n",
                history.changes().size(),
                verdicts.size(),
                active,
                inactive,
                atOnce,
                faults,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                history.figures(),
                history.errors());
        List<Mistake> mistakes = verdicts.stream()
                .flatMap(verdict -> checker.mistake(verdict).stream())
                .toList();
        mistakes.stream().map(Mistake::verdict).map(this::stored).distinct().forEach(System.out::println);
        assertEquals(
                List.of(),
                mistakes.stream().limit(10).map(Mistake::toString).toList(),
                () -> "mistakes with history.seed=" + SEED + ": "
                        + mistakes.stream().collect(Collectors.groupingBy(Mistake::kind, Collectors.counting())));
        assertEquals(List.of(Fault.Kind.values()), List.copyOf(faults.keySet()));
        assertTrue(active > 300 && inactive > 300 && atOnce > 30, "enough verdicts are certain");
    }

    /** What the database contains in the end about the token of a mistake. */
    private List<String> stored(Verdict verdict) {
        return nodes.database().texts("""
                select 'token ' || t.ID || ' is revoked at ' || coalesce(t.REVOKED_AT, 0)
                    || ', and its owner enabled: ' || coalesce(u.ENABLED, false)
                from QH_API_TOKEN t left join USER_ENTITY u on u.ID = t.USER_ID""").stream()
                .filter(row -> verdict.conditions().stream()
                        .anyMatch(condition -> condition.startsWith(row.split(" revoked ")[0])))
                .toList();
    }

    private static boolean isExpected(HistoryChecker checker, Verdict verdict, boolean active) {
        return checker.expected(verdict).filter(expected -> expected == active).isPresent();
    }
}
