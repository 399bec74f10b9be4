package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;

import io.qahub.keycloak.apitokens.cluster.Probes.Probe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The secrets of a token that is being rotated: which must be active or inactive, and the results from the nodes. */
final class Secrets {
    private final boolean overlapping;
    private final List<String> mistakes = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger dead = new AtomicInteger();
    private volatile State state;
    private volatile boolean done;

    Secrets(String first, boolean overlapping) {
        this.overlapping = overlapping;
        this.state = new State(0, first, null, false);
    }

    /** Starts a rotation. Without an overlap, the current secret may or may not be active until the rotation ends. */
    void beginRotation() {
        state = new State(state.number + 1, state.current, state.previous, true);
    }

    void endRotation(String renewed) {
        state = new State(state.number + 1, renewed, state.current, false);
    }

    /** Verifies the current and the previous secret at a node until the load ends; returns how often. */
    int askUntilDone(Node node) {
        int asked = 0;
        while (!done) {
            State before = state;
            askCurrent(node, before);
            if (!overlapping && before.previous != null) {
                askInvalid(node, before.previous);
            }
            answers.incrementAndGet();
            asked++;
        }
        return asked;
    }

    private void askCurrent(Node node, State before) {
        Probe probe = Probe.of(node, before.current);
        boolean certain = !before.rotating && state.number == before.number;
        // The response arrives before the end of the second next rotation, so at most two overlaps have begun.
        boolean overlapped = overlapping && state.number <= before.number + 3;
        if (certain || overlapped) {
            good.incrementAndGet();
            if (!probe.isActive()) {
                mistakes.add("inactive in state " + before.number + ": " + probe);
            }
        }
    }

    private void askInvalid(Node node, String secret) {
        Probe probe = Probe.of(node, secret);
        dead.incrementAndGet();
        if (probe.isActive()) {
            mistakes.add("active although invalid: " + probe);
        }
    }

    /** Waits for that many more responses. */
    void awaitAnswers(int more) {
        int enough = answers.get() + more;
        await("responses about the secrets, or a wrong response")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(1))
                .until(() -> answers.get() >= enough || !mistakes.isEmpty());
    }

    void finish() {
        done = true;
    }

    List<String> mistakes() {
        return mistakes;
    }

    int judgedGood() {
        return good.get();
    }

    int judgedDead() {
        return dead.get();
    }

    /**
     * @param current the secret that was returned last
     * @param previous the one before it
     * @param rotating whether a rotation is in progress
     */
    private record State(int number, String current, String previous, boolean rotating) {}
}
