package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two clusters with the feature {@code stateless}, of one node each, that share only the database. */
@Tag("cluster")
class StatelessIT {
    private static final int TRIALS = Integer.getInteger("cluster.trials", 20);
    private static final String NAME = "stateless";

    private static Postgres database;
    private static List<Node> nodes;
    private static Realm realm;

    @BeforeAll
    static void start() {
        database = Postgres.start();
        nodes = Stream.of("one", "other").map(StatelessIT::node).toList();
        realm = Realm.fresh(nodes.get(0).server(), NAME);
        assertTrue(
                nodes.stream().noneMatch(node -> node.server().log().contains("] (2) [")), "the clusters are separate");
        assertTrue(
                nodes.stream()
                        .allMatch(node ->
                                node.server().log().contains("Each verification reads the token from the database")),
                "tokens are cached");
    }

    private static Node node(String cluster) {
        Stream<String> options =
                Stream.of("--features=docker,stateless", "--spi-cache-embedded--default--cluster-name=" + cluster);
        return new Node(Keycloak.node(
                "stateless-" + cluster,
                Stream.concat(database.serverOptions().stream(), options).toList()));
    }

    @AfterAll
    static void stop() {
        nodes.forEach(node -> node.server().close());
        database.close();
    }

    @Test
    void aRevokedTokenIsInactiveInTheOtherCluster() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Node actor = nodes.get(trial % 2);
            Node observer = nodes.get((trial + 1) % 2);
            JsonNode token = actor.newToken("alice");
            String string = token.path("token").asText();
            assertTrue(observer.isActive(string), "trial " + trial);
            String bearer = actor.realm().signIn("alice");
            assertEquals(
                    204, actor.realm().revoke(bearer, token.path("id").asText()).status());
            assertFalse(observer.isActive(string), "still active in trial " + trial);
        }
    }
}
