package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes that share a database and an Infinispan server. */
@Tag("cluster")
@TestMethodOrder(OrderAnnotation.class)
class ExternalCachesIT extends RevocationStory {
    /** The started resources, most recent first. */
    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

    private static Infinispan caches;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        caches = started(Infinispan.start());
        Postgres database = started(Postgres.start());
        List<String> options = Stream.concat(database.serverOptions().stream(), caches.keycloakOptions())
                .toList();
        cluster = new Cluster(database, node("one", options), node("other", options));
    }

    private static Node node(String name, List<String> options) {
        Keycloak server = started(Keycloak.node("external-" + name, options));
        assertTrue(
                server.log().contains("Each verification reads the token from the database"),
                "the caches are embedded");
        return new Node(server);
    }

    private static <T extends AutoCloseable> T started(T resource) {
        STARTED.push(resource);
        return resource;
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable resource : STARTED) {
            resource.close();
        }
    }

    /** Without the caches, Keycloak cannot verify access tokens. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aTokenCanBeRevokedWithItselfWhileTheCachesAreUnavailable() {
        Realm realm = cluster.one().realm();
        String bearer = realm.signIn("alice");
        String token = string(cluster.one().newToken("alice"));
        assertTrue(cluster.one().isActive(token) && cluster.other().isActive(token));
        caches.close();
        assertTrue(cluster.one().isActive(token) && cluster.other().isActive(token), "verification needs the caches");
        assertEquals(401, realm.call("GET", "/api-tokens").bearer(bearer).send().status());
        Http revocation = realm.call("DELETE", "/api-tokens/self").bearer(token);
        assertEquals(204, revocation.send().status());
        assertFalse(cluster.one().isActive(token), "still active on the revoking node");
        assertFalse(cluster.other().isActive(token), "still active on the other node");
    }

    @Override
    Cluster cluster() {
        return cluster;
    }
}
