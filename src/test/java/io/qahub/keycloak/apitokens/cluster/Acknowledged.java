package io.qahub.keycloak.apitokens.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** The creations and revocations that a node acknowledged before it was killed. */
final class Acknowledged {
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    /** Creates tokens and revokes every other one, until the node no longer responds. */
    void createAndRevoke(Node node, String bearer) {
        try {
            for (int i = 0; ; i++) {
                Answer answer = node.realm().create(bearer, "{\"name\":\"before the failure\",\"scopes\":[\"read\"]}");
                if (answer.status() != 201) {
                    return;
                }
                JsonNode token = answer.json();
                made.add(token.path("token").asText());
                if (i % 2 == 0) {
                    revoke(node, bearer, token);
                }
            }
        } catch (UncheckedIOException e) {
            return; // the node was killed, as intended
        }
    }

    private void revoke(Node node, String bearer, JsonNode token) {
        String string = token.path("token").asText();
        asked.add(string);
        if (node.realm().revoke(bearer, token.path("id").asText()).status() == 204) {
            revoked.add(string);
        }
    }

    /** Waits until this number of tokens has been created. */
    void await(int tokens) {
        Awaitility.await(tokens + " tokens to be created")
                .atMost(Duration.ofMinutes(1))
                .until(() -> made.size() >= tokens);
    }

    /** Returns the tokens for which no revocation was requested. */
    List<String> good() {
        return made.stream().filter(token -> !asked.contains(token)).toList();
    }

    List<String> revoked() {
        return List.copyOf(revoked);
    }
}
