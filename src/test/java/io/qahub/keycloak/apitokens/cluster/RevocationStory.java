package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * After a revocation on one node has returned, the next introspection of a cached token on the other node is inactive.
 * Use {@code -Dcluster.trials=1000} for a long run.
 */
abstract class RevocationStory {
    private static final int TRIALS = Integer.getInteger("cluster.trials", 20);

    /** Returns the two nodes, which are running. */
    abstract Cluster cluster();

    @Test
    void aTokenRevokedByItsOwnerIsInactive() {
        tryTokens((node, token) -> {
            String bearer = node.realm().signIn("alice");
            assertEquals(204, node.realm().revoke(bearer, id(token)).status());
        });
    }

    @Test
    void aTokenRevokedByAnAdminIsInactive() {
        tryTokens((node, token) -> assertEquals(
                204, node.admin("DELETE", "/api-tokens/" + id(token), null).status()));
    }

    @Test
    void tokensRevokedInBulkAreInactive() {
        tryTokens((node, token) -> node.revokeInBulk("{\"ids\":[\"" + id(token) + "\"]}"));
    }

    @Test
    void aReplacedSecretIsInactive() {
        tryTokens((node, token) -> {
            String bearer = node.realm().signIn("alice");
            assertEquals(
                    200,
                    node.realm()
                            .call("POST", "/api-tokens/" + id(token) + "/rotate")
                            .bearer(bearer)
                            .send()
                            .status());
        });
    }

    @Test
    void aReplacedSecretWhoseOverlapIsEndedIsInactive() {
        tryTokens((node, token) -> {
            String path = "/api-tokens/" + id(token);
            String bearer = node.realm().signIn("alice");
            Http rotation = node.realm().call("POST", path + "/rotate").bearer(bearer);
            assertEquals(200, rotation.json("{\"overlapSeconds\":600}").send().status());
            assertTrue(
                    cluster().one().isActive(string(token)) && cluster().other().isActive(string(token)));
            Http end = node.realm().call("DELETE", path + "/previous-secret").bearer(bearer);
            assertEquals(204, end.send().status());
        });
    }

    @Test
    void aDisabledOwnersTokenIsInactive() {
        String user = cluster().one().newUser("comes-and-goes");
        String token = string(cluster().one().newToken("comes-and-goes"));
        for (int trial = 0; trial < TRIALS; trial++) {
            assertTrue(observer(trial).isActive(token), "trial " + trial);
            actor(trial).setEnabled(user, false);
            assertFalse(observer(trial).isActive(token), "still active in trial " + trial);
            actor(trial).setEnabled(user, true);
        }
    }

    @Test
    void aDeletedOwnersTokenIsInactive() {
        for (int trial = 0; trial < TRIALS; trial++) {
            String name = "leaver-" + trial;
            String user = cluster().one().newUser(name);
            String token = string(cluster().one().newToken(name));
            assertTrue(observer(trial).isActive(token), "trial " + trial);
            assertEquals(
                    204, actor(trial).admin("DELETE", "/users/" + user, null).status());
            assertFalse(observer(trial).isActive(token), "still active in trial " + trial);
        }
    }

    /** Not-before times are seconds: each trial starts in a new one. */
    @Test
    void aTokenWhoseOwnerOrRealmWasSignedOut() {
        Realm realm = Realm.fresh(cluster().one().server(), "signed-out");
        try {
            assertEquals(204, realm.admin("PUT", "", """
                    {"realm":"signed-out","attributes":{"apiTokens.allowedClients":"qa-hub-cli",
                     "apiTokens.revokeOnLogoutAll":"true"}}""").status());
            String alice = realm.userId("alice");
            for (int trial = 0; trial < TRIALS; trial++) {
                Realm actor = new Realm(actor(trial).server(), realm.name());
                Realm observer = new Realm(observer(trial).server(), realm.name());
                long second = Instant.now().getEpochSecond();
                await("the next second").until(() -> Instant.now().getEpochSecond() > second);
                String token = string(realm.newToken(realm.signIn("alice"), "trial"));
                assertTrue(observer.isActive(token), "trial " + trial);
                String way = trial % 4 < 2 ? "/logout-all" : "/users/" + alice + "/logout";
                assertTrue(actor.admin("POST", way, "{}").status() < 300);
                assertFalse(observer.isActive(token), "stale in trial " + trial);
            }
        } finally {
            realm.delete();
        }
    }

    /** As after removal from an external directory: the revoking node cannot find the user, the other has cached the user. */
    @Test
    void aTokenWhoseOwnerCannotBeFoundIsInactive() {
        Node one = cluster().one();
        String user = one.newUser("vanishes");
        JsonNode token = one.newToken("vanishes");
        assertEquals(204, one.admin("POST", "/clear-user-cache", null).status());
        assertTrue(cluster().other().isActive(string(token)));
        assertEquals(
                1, cluster().database().execute("update user_entity set realm_id = 'none' where id = '" + user + "'"));
        assertTrue(cluster().other().isActive(string(token)), "the token is not active on the other node");
        assertEquals(204, one.admin("DELETE", "/api-tokens/" + id(token), null).status());
        assertFalse(cluster().other().isActive(string(token)), "the token is still active");
    }

    private void tryTokens(BiConsumer<Node, JsonNode> revoke) {
        String bearer = cluster().one().realm().signIn("alice");
        for (int trial = 0; trial < TRIALS; trial++) {
            if (trial % 100 == 99) {
                bearer = cluster().one().realm().signIn("alice");
            }
            JsonNode token = cluster().one().realm().newToken(bearer, "trial");
            assertTrue(observer(trial).isActive(string(token)), "trial " + trial);
            revoke.accept(actor(trial), token);
            assertFalse(observer(trial).isActive(string(token)), "still active in trial " + trial);
        }
    }

    private Node actor(int trial) {
        return trial % 2 == 0 ? cluster().one() : cluster().other();
    }

    private Node observer(int trial) {
        return trial % 2 == 0 ? cluster().other() : cluster().one();
    }

    private static String id(JsonNode token) {
        return token.path("id").asText();
    }

    private static String string(JsonNode token) {
        return token.path("token").asText();
    }
}
