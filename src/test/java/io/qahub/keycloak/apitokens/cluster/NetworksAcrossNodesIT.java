package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Networks;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * After a change of allowed networks on one node has returned, the next introspection of a cached token on the other node
 * follows it. Use {@code -Dcluster.trials=1000} for a long run.
 */
@Tag("cluster")
class NetworksAcrossNodesIT {
    private static final String OTHER_NETWORK = "192.0.2.0/24";
    private static final int TRIALS = Integer.getInteger("cluster.trials", 20);
    private static Networks one;
    private static Networks other;

    @BeforeAll
    static void makeRealm() {
        Cluster cluster = Cluster.get();
        one = Networks.fresh(cluster.one().server(), "networks-across-nodes");
        other = new Networks(new Realm(cluster.other().server(), one.realm().name()));
    }

    @AfterAll
    static void deleteRealm() {
        one.realm().delete();
    }

    @Test
    void anEditedTokenIsRestrictedAndAllowedAtOnce() {
        JsonNode token = one.newToken(Networks.NETWORK);
        String secret = token.path("token").asText();
        for (int trial = 0; trial < TRIALS; trial++) {
            assertTrue(observer(trial).isActive(secret, Networks.INSIDE), "trial " + trial);
            actor(trial).change(token, OTHER_NETWORK);
            assertFalse(observer(trial).isActive(secret, Networks.INSIDE), "still active in trial " + trial);
            assertTrue(observer(trial).isActive(secret, Networks.OUTSIDE), "not yet active in trial " + trial);
            actor(trial).change(token, Networks.NETWORK);
        }
    }

    @Test
    void aNewPolicyOfTheRealmAppliesAtOnce() {
        String secret =
                one.newToken(Networks.NETWORK, OTHER_NETWORK).path("token").asText();
        for (int trial = 0; trial < TRIALS; trial++) {
            assertTrue(observer(trial).isActive(secret, Networks.INSIDE), "trial " + trial);
            actor(trial).allow(OTHER_NETWORK);
            assertFalse(observer(trial).isActive(secret, Networks.INSIDE), "still active in trial " + trial);
            assertTrue(observer(trial).isActive(secret, Networks.OUTSIDE), "trial " + trial);
            actor(trial).allow(null);
        }
    }

    private static Networks actor(int trial) {
        return trial % 2 == 0 ? one : other;
    }

    private static Networks observer(int trial) {
        return trial % 2 == 0 ? other : one;
    }
}
