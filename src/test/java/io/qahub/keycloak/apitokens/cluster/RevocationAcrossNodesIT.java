package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes with embedded caches. Also tests changes to what is read only from Keycloak's caches. */
@Tag("cluster")
class RevocationAcrossNodesIT extends RevocationStory {
    @Override
    Cluster cluster() {
        return Cluster.get();
    }

    @Test
    void aTokenIsInactiveWhileItsOwnerIsDisabled() {
        String user = cluster().one().newUser("comes-and-goes");
        String token = string(cluster().one().newToken("comes-and-goes"));
        for (int trial = 0; trial < TRIALS; trial++) {
            assertTrue(observer(trial).isActive(token), "trial " + trial);
            actor(trial).setEnabled(user, false);
            assertFalse(observer(trial).isActive(token), "still active in trial " + trial);
            actor(trial).setEnabled(user, true);
        }
    }

    /** Not-before times are in seconds: each trial waits for the next second, so there are half as many. */
    @Test
    void aTokenOfARealmThatWasSignedOutIsInactive() {
        Realm realm = realmThatRevokesOnLogout("realm-signed-out");
        try {
            for (int trial = 0; trial < Math.max(1, TRIALS / 2); trial++) {
                Realm actor = at(actor(trial), realm);
                Realm observer = at(observer(trial), realm);
                long second = Instant.now().getEpochSecond();
                await("the next second").until(() -> Instant.now().getEpochSecond() > second);
                String token = string(realm.newToken(realm.signIn("alice"), "trial"));
                assertTrue(Node.isActive(observer, token), "trial " + trial);
                assertEquals(200, actor.admin("POST", "/logout-all", "{}").status());
                assertFalse(Node.isActive(observer, token), "stale in trial " + trial);
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
}
