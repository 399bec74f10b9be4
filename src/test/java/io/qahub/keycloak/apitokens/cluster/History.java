package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Change;
import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Verdict;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** What was requested from the nodes, and what they answered. */
final class History {
    private static final long START = System.nanoTime();

    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Queue<Verdict> verdicts = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> figures = new TreeMap<>();

    /** The time of this clock, in nanoseconds. */
    static long now() {
        return System.nanoTime() - START;
    }

    /**
     * Sends a request that changes conditions.
     *
     * @return the response if it acknowledges the change
     */
    Optional<Answer> change(
            String name, String node, Collection<String> conditions, boolean met, Supplier<Answer> request) {
        long sent = now();
        Optional<Answer> answer = send(name, request);
        long answered = now();
        boolean isDone = answer.filter(response -> response.status() / 100 == 2).isPresent();
        boolean isRefused =
                answer.filter(response -> response.status() / 100 == 4).isPresent();
        if (!isRefused) {
            long end = isDone ? answered : HistoryChecker.NEVER;
            conditions.forEach(condition -> changes.add(new Change(condition, met, node, sent, end)));
        }
        return answer.filter(response -> isDone);
    }

    /** Introspects a token; returns false if there was no verdict. */
    boolean introspect(String name, Node node, String token, List<String> conditions) {
        long asked = now();
        Optional<Answer> answer = send("introspection", () -> node.introspect(token));
        long answered = now();
        if (answer.isEmpty() || answer.get().status() != 200) {
            return false;
        }
        boolean active = answer.get().json().path("active").asBoolean();
        verdicts.add(new Verdict(conditions, name, asked, answered, active));
        return true;
    }

    /** Sends a request; returns nothing if there was no response, or one that only a server without its database sends. */
    Optional<Answer> send(String name, Supplier<Answer> request) {
        try {
            Answer answer = request.get();
            count(name + " " + answer.status());
            return Optional.of(answer);
        } catch (UncheckedIOException e) {
            count(name + " without an answer");
        } catch (IllegalStateException e) {
            count(name + " without a sign-in");
        } catch (AssertionError e) {
            if (!e.getMessage().contains("\n500 ")) {
                throw e;
            }
            count(name + " 500");
        }
        return Optional.empty();
    }

    synchronized void count(String name) {
        figures.merge(name, 1, Integer::sum);
    }

    synchronized Map<String, Integer> figures() {
        return new TreeMap<>(figures);
    }

    Collection<Change> changes() {
        return changes;
    }

    Collection<Verdict> verdicts() {
        return verdicts;
    }
}
