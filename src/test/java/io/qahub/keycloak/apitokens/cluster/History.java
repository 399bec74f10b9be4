package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Change;
import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Verdict;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** What was requested from the nodes, and what they answered. */
final class History {
    private static final long START = System.nanoTime();

    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Queue<Verdict> verdicts = new ConcurrentLinkedQueue<>();
    private final Set<String> errors = new ConcurrentSkipListSet<>();
    private final Map<String, Integer> figures = new TreeMap<>();

    /** The time of this clock, in nanoseconds. */
    static long now() {
        return System.nanoTime() - START;
    }

    /**
     * Sends a request that changes conditions.
     *
     * @param request throws {@link IllegalStateException} if it was not sent
     * @return the response if it acknowledges the change
     */
    Optional<Answer> change(
            String name, String node, Collection<String> conditions, boolean met, Supplier<Answer> request) {
        long sent = now();
        Outcome outcome = outcome(name, request);
        long answered = now();
        if (outcome.isUndecided() || outcome.isDone()) {
            long end = outcome.isDone() ? answered : HistoryChecker.NEVER;
            conditions.forEach(condition -> changes.add(new Change(condition, met, node, sent, end)));
        }
        return outcome.isDone() ? outcome.answer : Optional.empty();
    }

    /** Adds that a condition was not met before a request that was acknowledged. */
    void begin(String condition, String node, long sent, long answered) {
        changes.add(new Change(condition, false, node, 0, 0));
        changes.add(new Change(condition, true, node, sent, answered));
    }

    /** Returns the change of a condition that was sent last. */
    Optional<Change> latest(String condition) {
        return changes.stream()
                .filter(change -> change.condition().equals(condition))
                .max(Comparator.comparingLong(Change::sent));
    }

    /** Introspects a token; returns false if there was no verdict. */
    boolean introspect(String name, Node node, String token, List<String> conditions) {
        long asked = now();
        Optional<Answer> answer = send("introspection", () -> node.introspect(token));
        long answered = now();
        if (answer.isEmpty() || answer.get().status() != 200) {
            answer.ifPresent(error -> errors.add("introspection " + error.status() + " " + error.text()));
            return false;
        }
        boolean active = answer.get().json().path("active").asBoolean();
        verdicts.add(new Verdict(conditions, name, asked, answered, active));
        return true;
    }

    /** Sends a request; returns nothing if there was no response. */
    Optional<Answer> send(String name, Supplier<Answer> request) {
        return outcome(name, request).answer;
    }

    private Outcome outcome(String name, Supplier<Answer> request) {
        try {
            Answer answer = request.get();
            count(name + " " + answer.status());
            return new Outcome(true, Optional.of(answer));
        } catch (UncheckedIOException e) {
            count(name + " without an answer");
            return new Outcome(true, Optional.empty());
        } catch (IllegalStateException e) {
            count(name + " not sent");
            return new Outcome(false, Optional.empty());
        } catch (AssertionError e) {
            if (!e.getMessage().contains("\n500 ")) {
                throw e;
            }
            count(name + " 500"); // Keycloak itself fails without the database
            errors.add(name + " 500 " + e.getMessage().split("\n500 ")[1].strip());
            return new Outcome(true, Optional.empty());
        }
    }

    synchronized void count(String name) {
        figures.merge(name, 1, Integer::sum);
    }

    synchronized Map<String, Integer> figures() {
        return new TreeMap<>(figures);
    }

    /** The different errors of introspections, and those that are not documented. */
    Set<String> errors() {
        return errors;
    }

    Collection<Change> changes() {
        return changes;
    }

    Collection<Verdict> verdicts() {
        return verdicts;
    }

    /** What became of a request. */
    private record Outcome(boolean isSent, Optional<Answer> answer) {
        private boolean isDone() {
            return hasStatus(2);
        }

        /** Neither done nor rejected. */
        private boolean isUndecided() {
            return isSent && !hasStatus(2) && !hasStatus(4);
        }

        private boolean hasStatus(int hundreds) {
            return answer.filter(response -> response.status() / 100 == hundreds)
                    .isPresent();
        }
    }
}
