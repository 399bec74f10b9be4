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
 * Continuously introspects, at both nodes, tokens that will be revoked and tokens that will not. A result is wrong if no
 * order of events explains it: a token that is never revoked is inactive; a token that will be revoked is active after it
 * was inactive on the same node, or after all revocations; or introspection fails.
 */
final class RevocationLoad implements AutoCloseable {
    private final List<String> toRevoke;
    private final List<String> toKeep;
    private final List<Asker> askers;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;
    private volatile boolean allRevoked;

    private RevocationLoad(Cluster cluster, Realm revokedIn, List<String> toRevoke, Realm keptIn, List<String> toKeep) {
        this.toRevoke = toRevoke;
        this.toKeep = toKeep;
        this.askers = Stream.of(cluster.one(), cluster.other())
                .map(node ->
                        new Asker(new Realm(node.server(), revokedIn.name()), new Realm(node.server(), keptIn.name())))
                .toList();
    }

    static RevocationLoad on(
            Cluster cluster, Realm revokedIn, List<String> toRevoke, Realm keptIn, List<String> toKeep) {
        RevocationLoad load = new RevocationLoad(cluster, revokedIn, toRevoke, keptIn, toKeep);
        load.askers.forEach(Thread::start);
        return load;
    }

    /** Waits until each node has verified every token that many more times. */
    void awaitRounds(int rounds) {
        for (Asker asker : askers) {
            int target = asker.rounds.get() + rounds + 1;
            await(rounds + " more introspections of all tokens, or the end of the load")
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> asker.rounds.get() >= target || !asker.isAlive());
        }
    }

    /** Fails unless the last results of the tokens to be revoked are all active or all inactive on each node. */
    void assertAll(boolean active) {
        askers.forEach(asker -> assertEquals(active ? 0 : toRevoke.size(), asker.inactive.size()));
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
        private final Realm revokedIn;
        private final Realm keptIn;
        private final Set<String> inactive = ConcurrentHashMap.newKeySet();
        private final AtomicInteger rounds = new AtomicInteger();

        private Asker(Realm revokedIn, Realm keptIn) {
            this.revokedIn = revokedIn;
            this.keptIn = keptIn;
        }

        @Override
        public void run() {
            try {
                while (!isOver) {
                    for (int i = 0; i < toRevoke.size() && !isOver; i++) {
                        askToRevoke(toRevoke.get(i));
                        askToKeep(toKeep.get(i % toKeep.size()));
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

        private void askToRevoke(String token) {
            boolean mustBeInactive = allRevoked || inactive.contains(token);
            boolean isActive = isActive(revokedIn, token);
            if (isActive && mustBeInactive) {
                wrong.add("a revoked token was active");
            }
            if (!isActive) {
                inactive.add(token);
            }
        }

        private void askToKeep(String token) {
            if (!isActive(keptIn, token)) {
                wrong.add("an active token was reported as inactive");
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
