package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A token is rotated on one node and then on the other, while its secrets are continuously introspected at both: the valid
 * secret is never inactive, and an invalid one is never active. Use {@code -Dcluster.trials=1000} for a long run.
 */
@Tag("cluster")
class RotationUnderLoadIT {
    private static final int ROTATIONS = Integer.getInteger("cluster.trials", 20);
    private static final int ASKERS = 4;
    private static Cluster cluster;

    @BeforeAll
    static void startNodes() {
        cluster = Cluster.get();
    }

    @Test
    void withoutAnOverlapTheOldSecretIsInactiveOnceTheNewOneIsReturned() throws Exception {
        rotate(0);
    }

    @Test
    void withAnOverlapTheOldSecretIsActiveDuringTheRotation() throws Exception {
        rotate(3600);
    }

    private static void rotate(int overlapSeconds) throws Exception {
        JsonNode token = cluster.one().newToken("alice");
        Secrets secrets = new Secrets(token.path("token").asText(), overlapSeconds > 0);
        ExecutorService pool = Executors.newFixedThreadPool(ASKERS);
        try {
            List<Future<Integer>> askers = new ArrayList<>();
            for (int i = 0; i < ASKERS; i++) {
                Node node = node(i);
                askers.add(pool.submit(() -> secrets.askUntilDone(node)));
            }
            for (int i = 0; i < ROTATIONS; i++) {
                secrets.awaitAnswers(ASKERS);
                rotate(node(i), token, secrets, overlapSeconds);
            }
            secrets.awaitAnswers(ASKERS);
            secrets.finish();
            int asked = 0;
            for (Future<Integer> asker : askers) {
                asked += asker.get();
            }
            System.out.printf(
                    "%d rotations during %d introspections, overlap %d s%n", ROTATIONS, asked, overlapSeconds);
        } finally {
            secrets.finish();
            pool.shutdownNow();
        }
        assertEquals(List.of(), secrets.mistakes());
        assertTrue(secrets.judgedGood() >= ROTATIONS && (overlapSeconds > 0 || secrets.judgedDead() >= ROTATIONS));
    }

    private static void rotate(Node node, JsonNode token, Secrets secrets, int overlapSeconds) {
        String bearer = node.realm().signIn("alice");
        secrets.beginRotation();
        Answer answer = node.realm()
                .call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(bearer)
                .json("{\"overlapSeconds\":" + overlapSeconds + "}")
                .send();
        assertEquals(200, answer.status(), answer.text());
        secrets.endRotation(answer.json().path("token").asText());
    }

    private static Node node(int number) {
        return number % 2 == 0 ? cluster.one() : cluster.other();
    }
}
