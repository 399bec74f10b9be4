package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Resource servers that ask both nodes, without a pause, about tokens that are about to be revoked and about tokens that are
 * not. A wrong verdict is one that no order of events explains: a spared token inactive, a doomed one active after inactive
 * on the same node or once everything is revoked, or no verdict at all.
 */
final class RevocationLoad implements AutoCloseable {
    private final List<String> doomed;
    private final List<String> spared;
    private final List<Asker> askers;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;
    private volatile boolean allRevoked;

    private RevocationLoad(Cluster cluster, Realm doomedIn, List<String> doomed, Realm sparedIn, List<String> spared) {
        this.doomed = doomed;
        this.spared = spared;
        this.askers = Stream.of(cluster.one(), cluster.other())
                .map(node ->
                        new Asker(new Realm(node.server(), doomedIn.name()), new Realm(node.server(), sparedIn.name())))
                .toList();
    }

    static RevocationLoad on(
            Cluster cluster, Realm doomedIn, List<String> doomed, Realm sparedIn, List<String> spared) {
        RevocationLoad load = new RevocationLoad(cluster, doomedIn, doomed, sparedIn, spared);
        load.askers.forEach(Thread::start);
        return load;
    }

    /** Waits until each node has verified every token that many more times. */
    void awaitRounds(int rounds) {
        for (Asker asker : askers) {
            int target = asker.rounds.get() + rounds + 1;
            await("all tokens to be asked about " + rounds + " times more, or the asker to end")
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> asker.rounds.get() >= target || !asker.isAlive());
        }
    }

    /** Every doomed token is active on each node as of its last answer, or none is. */
    void assertAll(boolean active) {
        askers.forEach(asker -> assertEquals(active ? 0 : doomed.size(), asker.inactive.size()));
    }

    void nothingIsActiveFromNowOn() {
        allRevoked = true;
    }

    /** Ends the load; fails if a result was wrong. */
    @Override
    public void close() {
        isOver = true;
        askers.forEach(Asker::end);
        assertEquals(List.of(), wrong.stream().limit(10).toList(), wrong.size() + " wrong");
        if (allRevoked) {
            assertAll(false);
        }
    }

    /** Introspects at one node. */
    private final class Asker extends Thread {
        private final Realm doomedIn;
        private final Realm sparedIn;
        private final Set<String> inactive = ConcurrentHashMap.newKeySet();
        private final AtomicInteger rounds = new AtomicInteger();

        private Asker(Realm doomedIn, Realm sparedIn) {
            this.doomedIn = doomedIn;
            this.sparedIn = sparedIn;
        }

        @Override
        public void run() {
            try {
                while (!isOver) {
                    for (int i = 0; i < doomed.size() && !isOver; i++) {
                        askDoomed(doomed.get(i));
                        askSpared(spared.get(i % spared.size()));
                    }
                    rounds.incrementAndGet();
                }
            } catch (RuntimeException e) {
                wrong.add(e.toString());
            }
        }

        private void end() {
            try {
                join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void askDoomed(String token) {
            boolean mustBeInactive = allRevoked || inactive.contains(token);
            boolean isActive = isActive(doomedIn, token);
            if (isActive && mustBeInactive) {
                wrong.add("revoked and active");
            }
            if (!isActive) {
                inactive.add(token);
            }
        }

        private void askSpared(String token) {
            if (!isActive(sparedIn, token)) {
                wrong.add("good and inactive");
            }
        }

        private boolean isActive(Realm realm, String token) {
            Answer answer = realm.introspect(Realm.OWN_ENDPOINT, token);
            if (answer.status() != 200) {
                wrong.add(answer.status() + " " + answer.text());
            }
            return answer.text().contains("\"active\":true");
        }
    }
}
