package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes are shut down and started again one after the other, while both verify tokens. Each introspection is answered,
 * except on connections that a node closes, and each change on one node takes effect with the next request on both.
 * {@code .ci/rolling} runs this test from the jar of an earlier commit to the packaged one.
 */
@Tag("cluster")
class RollingRestartIT {
    private static final int MIXED_TRIALS = Integer.getInteger("cluster.trials", 20);
    private static final int RESULTS = 200;
    private static final int PAUSE_MILLIS = 200;

    private RollingLoad load;
    private int trials;

    @Test
    void introspectionsAreAnsweredAndNothingIsStale() throws Exception {
        Cluster cluster = Cluster.get();
        List<String> kept = Stream.of("alice", "bob")
                .map(user -> string(cluster.one().newToken(user)))
                .toList();
        load = RollingLoad.on(List.of(cluster.one(), cluster.other()), kept);
        try {
            load.awaitMore(RESULTS);
            restart(cluster.one());
            restart(cluster.other());
        } finally {
            load.close();
        }
        System.out.printf("%d changes during the restarts; %s%n", trials, load);
        assertEquals(List.of(), load.mistakes());
    }

    private void restart(Node node) {
        load.beginRestart(node);
        CompletableFuture<Node> restarted = CompletableFuture.supplyAsync(() -> {
            try {
                return Cluster.restart(node);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        int before = trials;
        while (!restarted.isDone()) {
            change();
            HistoryActors.pause(PAUSE_MILLIS);
        }
        assertTrue(trials - before > 5, "too few changes during the restart");
        load.endRestart(node, restarted.join());
        load.awaitMore(RESULTS);
        for (int i = 0; i < MIXED_TRIALS; i++) {
            change();
        }
    }

    /** Creates a token on one of the running nodes, and ends it in one of several ways on another, if there are two. */
    private void change() {
        List<Node> running = load.running();
        Node creator = running.get(trials % running.size());
        Node ender = running.get((trials + 1) % running.size());
        String user = "owner-" + trials;
        String id = creator.newUser(user);
        JsonNode token = creator.newToken(user);
        load.assertAll(true, string(token), "after the creation");
        switch (trials++ % 4) {
            case 0 ->
                assertEquals(204, owner(ender, "DELETE", user, "/" + id(token)).status());
            case 1 -> rotate(ender, user, token);
            case 2 -> {
                ender.setEnabled(id, false);
                load.assertAll(false, string(token), "while the owner is disabled");
                ender.setEnabled(id, true);
                load.assertAll(true, string(token), "after the owner was enabled");
                ender.revokeInBulk("{\"ids\":[\"" + id(token) + "\"]}");
            }
            default ->
                assertEquals(204, ender.admin("DELETE", "/users/" + id, null).status());
        }
        load.assertAll(false, string(token), "after the end, change " + trials);
    }

    private void rotate(Node node, String user, JsonNode token) {
        Answer rotated = owner(node, "POST", user, "/" + id(token) + "/rotate");
        assertEquals(200, rotated.status(), rotated.text());
        load.assertAll(true, string(rotated.json()), "after the rotation");
    }

    private static Answer owner(Node node, String method, String user, String rest) {
        return node.realm()
                .call(method, "/api-tokens" + rest)
                .bearer(node.realm().signIn(user))
                .send();
    }

    private static String id(JsonNode token) {
        return token.path("id").asText();
    }

    private static String string(JsonNode token) {
        return token.path("token").asText();
    }
}
