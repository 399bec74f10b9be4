package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Repeated introspections of a token at a node, and their results. */
record Probes(List<Probe> all) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Introspects during {@code time} and once after it, at most ten times per second. */
    static Probes during(Duration time, Node node, String token) {
        List<Probe> probes = new CopyOnWriteArrayList<>();
        Instant end = Instant.now().plus(time);
        await("an introspection after " + time)
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> {
                    Probe probe = Probe.of(node, token);
                    probes.add(probe);
                    return probe.asked().isAfter(end);
                });
        return new Probes(probes);
    }

    /** Introspects until the token is active. */
    static void awaitActive(String why, Node node, String token) {
        await(why).atMost(PATIENCE).until(() -> Probe.of(node, token).isActive());
    }

    /** Returns the introspections that were sent after this time. */
    Probes askedAfter(Instant moment) {
        return new Probes(all.stream().filter(p -> p.asked().isAfter(moment)).toList());
    }

    boolean anyActive() {
        return all.stream().anyMatch(Probe::isActive);
    }

    /** One introspection and its result. */
    record Probe(Instant asked, int status, String body) {
        static Probe of(Node node, String token) {
            Instant asked = Instant.now();
            Answer answer = node.introspect(token);
            return new Probe(asked, answer.status(), answer.text());
        }

        boolean isActive() {
            return status == 200 && body.contains("\"active\":true");
        }
    }
}
