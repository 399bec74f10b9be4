package io.qahub.keycloak.apitokens.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Finds the verdicts that contradict acknowledged changes, whatever the order of the changes that overlapped. A token is
 * active while all its conditions are met, for instance that its owner is enabled. Each condition is met at first. All
 * times are nanoseconds of the same clock.
 */
final class HistoryChecker {
    /** The time of an answer that never came: the change may take effect at any time after it was sent, or not at all. */
    static final long NEVER = Long.MAX_VALUE;

    private final Map<String, List<Change>> changes = new HashMap<>();
    private final BiPredicate<Change, String> isHeardAtOnce;
    private final long maxAge;

    /**
     * Creates a checker without changes.
     *
     * @param isHeardAtOnce whether a change has reached a node by the time at which it is acknowledged
     * @param maxAge the time after which a change must have reached every node
     */
    HistoryChecker(BiPredicate<Change, String> isHeardAtOnce, long maxAge) {
        this.isHeardAtOnce = isHeardAtOnce;
        this.maxAge = maxAge;
    }

    void add(Change change) {
        changes.computeIfAbsent(change.condition, condition -> new ArrayList<>())
                .add(change);
    }

    /** Returns the only right verdict; empty if changes were under way, unanswered or not heard yet. */
    Optional<Boolean> expected(Verdict verdict) {
        return expected(verdict, false);
    }

    /** As {@link #expected}, if every change took its time to reach each node. */
    Optional<Boolean> expectedAfterMaxAge(Verdict verdict) {
        return expected(verdict, true);
    }

    /** Returns what is wrong with the verdict; empty if an order of the changes explains it. */
    Optional<Mistake> mistake(Verdict verdict) {
        return expected(verdict)
                .filter(expected -> expected != verdict.active)
                .map(expected -> new Mistake(kind(verdict), verdict, changesOf(verdict)));
    }

    private Kind kind(Verdict verdict) {
        boolean afterMaxAge = expectedAfterMaxAge(verdict).isPresent();
        if (verdict.active) {
            return afterMaxAge ? Kind.UNDONE : Kind.LATE_ACTIVE;
        }
        return afterMaxAge ? Kind.WRONG_INACTIVE : Kind.LATE_INACTIVE;
    }

    private Optional<Boolean> expected(Verdict verdict, boolean slowly) {
        if (verdict.conditions.stream().anyMatch(condition -> !canBe(true, condition, verdict, slowly))) {
            return Optional.of(false);
        }
        return verdict.conditions.stream().anyMatch(condition -> canBe(false, condition, verdict, slowly))
                ? Optional.empty()
                : Optional.of(true);
    }

    /** A value is possible if a change to it had been sent that no later change is known to have replaced. */
    private boolean canBe(boolean value, String condition, Verdict verdict, boolean slowly) {
        List<Change> later = changes.getOrDefault(condition, List.of());
        return Stream.concat(Stream.of(Change.first(condition)), later.stream())
                .filter(change -> change.met == value && change.sent <= verdict.answered)
                .anyMatch(change -> later.stream()
                        .noneMatch(next ->
                                next != change && next.sent >= change.answered && hasReached(next, verdict, slowly)));
    }

    private boolean hasReached(Change change, Verdict verdict, boolean slowly) {
        if (change.answered == NEVER) {
            return false;
        }
        long delay = !slowly && isHeardAtOnce.test(change, verdict.node) ? 0 : maxAge;
        return change.answered + delay <= verdict.asked;
    }

    private List<Change> changesOf(Verdict verdict) {
        return verdict.conditions.stream()
                .flatMap(condition -> changes.getOrDefault(condition, List.of()).stream())
                .toList();
    }

    /** In which way a verdict is wrong. */
    enum Kind {
        /** Active although a change that every node must know was acknowledged. */
        UNDONE,
        /** Active although the node must have known the change at once. */
        LATE_ACTIVE,
        WRONG_INACTIVE,
        /** Inactive although the node must have known at once that the token is active again. */
        LATE_INACTIVE
    }

    /**
     * A change of a condition.
     *
     * @param node the node to which the request was sent
     * @param answered when it was acknowledged, or {@link #NEVER}
     */
    record Change(String condition, boolean met, String node, long sent, long answered) {
        private static Change first(String condition) {
            return new Change(condition, true, "", Long.MIN_VALUE, Long.MIN_VALUE);
        }
    }

    /** The result of an introspection; {@code conditions} are those of the token. */
    record Verdict(List<String> conditions, String node, long asked, long answered, boolean active) {}

    /** A wrong verdict and the changes of the token. */
    record Mistake(Kind kind, Verdict verdict, List<Change> changes) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(kind + " at " + verdict.node + ", asked " + millis(verdict.asked)
                    + ", answered " + millis(verdict.answered) + ", about " + verdict.conditions);
            changes.forEach(change -> text.append("\n    ")
                    .append(change.condition)
                    .append(change.met ? " met" : " not met")
                    .append(" by ")
                    .append(change.node)
                    .append(", sent ")
                    .append(millis(change.sent))
                    .append(change.answered == NEVER ? ", no answer" : ", answered " + millis(change.answered)));
            return text.toString();
        }

        private static String millis(long nanos) {
            return nanos / 1_000_000 + " ms";
        }
    }
}
