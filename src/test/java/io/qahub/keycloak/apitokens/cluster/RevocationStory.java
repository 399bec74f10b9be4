package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * After a revocation on one node has returned, the next introspection on the other node, which has verified the token
 * before, is inactive.
 * Use {@code -Dcluster.trials=1000} for a long run.
 */
abstract class RevocationStory {
    static final int TRIALS = Integer.getInteger("cluster.trials", 20);

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
        tryOwners("disabled", (node, user) -> node.admin("PUT", "/users/" + user, "{\"enabled\":false}"));
    }

    @Test
    void aDeletedOwnersTokenIsInactive() {
        tryOwners("deleted", (node, user) -> node.admin("DELETE", "/users/" + user, null));
    }

    @Test
    void aSignedOutOwnersTokenIsInactive() {
        tryOwners("signed-out", (node, user) -> node.admin("POST", "/users/" + user + "/logout", "{}"));
    }

    /** Each trial has an owner of its own, in a realm that revokes tokens on logout. */
    private void tryOwners(String name, BiFunction<Realm, String, Answer> change) {
        Realm realm = realmThatRevokesOnLogout(name);
        try {
            for (int trial = 0; trial < TRIALS; trial++) {
                String owner = "owner-" + trial;
                String user = realm.newUser(owner);
                String token = string(realm.newToken(realm.signIn(owner), "trial"));
                Realm observer = at(observer(trial), realm);
                assertTrue(Node.isActive(observer, token), "trial " + trial);
                assertEquals(204, change.apply(at(actor(trial), realm), user).status());
                assertFalse(Node.isActive(observer, token), "still active in trial " + trial);
            }
        } finally {
            realm.delete();
        }
    }

    /** Returns a new realm, which the caller deletes. */
    final Realm realmThatRevokesOnLogout(String name) {
        Realm realm = Realm.fresh(cluster().one().server(), name);
        assertEquals(204, realm.admin("PUT", "", """
                {"realm":"%s","attributes":{"apiTokens.allowedClients":"qa-hub-cli",
                 "apiTokens.revokeOnLogoutAll":"true"}}""".formatted(name)).status());
        return realm;
    }

    static Realm at(Node node, Realm realm) {
        return new Realm(node.server(), realm.name());
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

    final Node actor(int trial) {
        return trial % 2 == 0 ? cluster().one() : cluster().other();
    }

    final Node observer(int trial) {
        return trial % 2 == 0 ? cluster().other() : cluster().one();
    }

    static String id(JsonNode token) {
        return token.path("id").asText();
    }

    static String string(JsonNode token) {
        return token.path("token").asText();
    }
}
