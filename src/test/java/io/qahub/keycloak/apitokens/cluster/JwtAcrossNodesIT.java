package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * After a rotation on one node has returned, a JWT that the other node issued for the replaced secret is inactive there,
 * even within the second in which it was issued. Use {@code -Dcluster.trials=1000} for a long run.
 */
@Tag("cluster")
class JwtAcrossNodesIT {
    private static final int TRIALS = Integer.getInteger("cluster.trials", 20);

    @Test
    void aJwtEndsWithTheSecretThatItWasObtainedWith() {
        Cluster cluster = Cluster.get();
        String bearer = cluster.one().realm().signIn("alice");
        JsonNode token = cluster.one().realm().newToken(bearer, "rotated often");
        String string = token.path("token").asText();
        for (int trial = 0; trial < TRIALS; trial++) {
            Node actor = trial % 2 == 0 ? cluster.one() : cluster.other();
            Node observer = trial % 2 == 0 ? cluster.other() : cluster.one();
            String jwt = exchange(observer, string);
            assertTrue(observer.isActive(jwt), "trial " + trial);
            string = rotate(actor, actor.realm().signIn("alice"), token);
            assertFalse(observer.isActive(jwt), "stale in trial " + trial);
            assertFalse(actor.isActive(jwt), "stale in trial " + trial);
        }
    }

    private static String exchange(Node node, String token) {
        return node.realm()
                .call("POST", "/protocol/openid-connect/token")
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token", token,
                        "subject_token_type", "urn:qahub:params:oauth:token-type:api-token"))
                .send()
                .json()
                .path("access_token")
                .asText();
    }

    private static String rotate(Node node, String bearer, JsonNode token) {
        var answer = node.realm()
                .call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(bearer)
                .json("{}")
                .send();
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("token").asText();
    }
}
