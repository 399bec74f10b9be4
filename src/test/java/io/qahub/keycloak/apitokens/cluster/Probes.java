package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a node said of a token, asked again and again. */
record Probes(List<Probe> all) {
    /** Asks for as long as {@code time}, ten times a second at most. */
    static Probes during(Duration time, Node node, String token) {
        List<Probe> probes = new ArrayList<>();
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            probes.add(Probe.of(node, token));
            pause();
        }
        return new Probes(probes);
    }

    /** Asks until the node says that the token is active, for at most {@code patience}. */
    static boolean becomesActive(Duration patience, Node node, String token) {
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)) {
            if (Probe.of(node, token).isActive()) {
                return true;
            }
            pause();
        }
        return false;
    }

    /** Those that were asked after that moment. */
    Probes askedAfter(Instant moment) {
        return new Probes(all.stream().filter(p -> p.asked().isAfter(moment)).toList());
    }

    boolean anyActive() {
        return all.stream().anyMatch(Probe::isActive);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One question and its answer. */
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
