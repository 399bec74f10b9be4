package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.cluster.Probes.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that are cut off, stopped or killed, and an unavailable database. The last two tests change the cluster. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
    /** The lowest maximum age with which tokens are cached. */
    private static final int AGE_SECONDS = 1;

    /** The default maximum age of cached tokens, and some seconds. */
    private static final Duration CACHE_MAX_AGE = Duration.ofSeconds(35);

    /** Time between two writes of last uses in the settings of the tests. */
    private static final int FLUSH_SECONDS = 1;

    /** Long enough to detect a cached token whose age is wrongly reset by a verification. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(AGE_SECONDS * 3);

    private static Cluster cluster;
    private static Node cutOff;

    @BeforeAll
    static void startNodes() {
        cluster = Cluster.get();
        cutOff = cluster.cutOff(AGE_SECONDS);
    }

    @AfterAll
    static void stopNode() {
        cutOff.server().close();
    }

    @Test
    @Order(1)
    void anIsolatedNodeAcceptsARevokedTokenNoLongerThanDocumented() {
        JsonNode token = cluster.one().newToken("alice");
        assertTrue(cutOff.isActive(string(token)));
        assertEquals(204, revoke(cluster.one(), token));
        assertAcceptedNoLongerThanDocumented(string(token));
    }

    @Test
    @Order(1)
    void anIsolatedNodeAcceptsADisabledOwnersTokenNoLongerThanDocumented() {
        String user = cluster.one().newUser("disabled-elsewhere");
        JsonNode token = cluster.one().newToken("disabled-elsewhere");
        assertTrue(cutOff.isActive(string(token)));
        cluster.one().setEnabled(user, false);
        assertAcceptedNoLongerThanDocumented(string(token));
    }

    @Test
    @Order(1)
    void anIsolatedNodeAcceptsADeletedOwnersTokenNoLongerThanDocumented() {
        String user = cluster.one().newUser("deleted-elsewhere");
        JsonNode token = cluster.one().newToken("deleted-elsewhere");
        assertTrue(cutOff.isActive(string(token)));
        assertEquals(204, cluster.one().admin("DELETE", "/users/" + user, null).status());
        assertAcceptedNoLongerThanDocumented(string(token));
    }

    @Test
    @Order(1)
    void anIsolatedNodeAcceptsAnEnabledOwnersTokenAsSoonAsDocumented() {
        String user = cluster.one().newUser("enabled-elsewhere");
        JsonNode token = cluster.one().newToken("enabled-elsewhere");
        cluster.one().setEnabled(user, false);
        assertFalse(cutOff.isActive(string(token)));
        cluster.one().setEnabled(user, true);
        await("the isolated node to read the owner again")
                .atMost(LONG_ENOUGH)
                .until(() -> cutOff.isActive(string(token)));
    }

    /** Keycloak compares the request with its cache. docs/security.md says what to do. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Order(1)
    void anIsolatedNodeChangesAnOwnerOnlyAfterTheOppositeChange(boolean enabled) {
        String name = "isolated-" + enabled;
        String user = cluster.one().newUser(name);
        JsonNode token = cluster.one().newToken(name);
        cluster.one().setEnabled(user, enabled);
        assertEquals(enabled, cutOff.isActive(string(token)));
        cluster.one().setEnabled(user, !enabled);
        cutOff.setEnabled(user, enabled);
        assertEquals(!enabled, isStoredAsEnabled(user), "Keycloak ignores it");
        cutOff.setEnabled(user, !enabled);
        cutOff.setEnabled(user, enabled);
        assertEquals(enabled, isStoredAsEnabled(user));
        assertEquals(enabled, cutOff.isActive(string(token)));
    }

    private static boolean isStoredAsEnabled(String user) {
        return cluster.database().number("select count(*) from USER_ENTITY where ENABLED and ID = '" + user + "'") == 1;
    }

    @Test
    @Order(1)
    void aPausedNodeRejectsTokensThatWereRevokedMeanwhile() {
        JsonNode token = cluster.one().newToken("alice");
        assertTrue(cluster.other().isActive(string(token)));
        Signal.STOP.send(cluster.other());
        int answer;
        try {
            answer = revoke(cluster.one(), token);
        } finally {
            Signal.CONT.send(cluster.other());
        }
        assertEquals(204, answer);
        assertFalse(cluster.one().isActive(string(token)));
        await("the continued node reads its cached token again")
                .atMost(CACHE_MAX_AGE)
                .until(() -> !cluster.other().isActive(string(token)));
    }

    @Test
    @Order(2)
    void withoutTheDatabaseTokensAreActiveNoLongerThanDocumentedAndThenUnavailable() {
        String token = string(cluster.one().newToken("alice"));
        String unknownToThisNode = string(cluster.one().newToken("bob"));
        assertTrue(cutOff.isActive(token));
        Instant stopped = Instant.now();
        cluster.database().close();
        try {
            Probes probes = Probes.during(LONG_ENOUGH, cutOff, token);
            assertFalse(probes.askedAfter(stopped.plusSeconds(AGE_SECONDS)).anyActive());
            assertUnavailable(Probe.of(cutOff, token));
            assertUnavailable(Probe.of(cutOff, unknownToThisNode));
        } finally {
            cluster.database().resume();
        }
        Probes.awaitActive("the node to recover without a restart", cutOff, token);
        Probes.awaitActive("the node to recover without a restart", cluster.one(), token);
    }

    @Test
    @Order(3)
    void changesThatAKilledNodeAcknowledgedAreKept() throws InterruptedException {
        Acknowledged acknowledged = new Acknowledged();
        Uses uses = new Uses(cluster);
        ExecutorService users = Executors.newFixedThreadPool(4);
        for (String user : List.of("alice", "bob", "alice", "bob")) {
            String bearer = cluster.other().realm().signIn(user);
            users.execute(() -> acknowledged.createAndRevoke(cluster.other(), bearer));
        }
        acknowledged.await(20);
        uses.untilOneIsOlderThan(FLUSH_SECONDS + 1);
        Instant killed = Instant.now();
        Signal.KILL.send(cluster.other());
        users.shutdown();
        assertTrue(users.awaitTermination(1, TimeUnit.MINUTES));

        acknowledged.good().forEach(token -> assertTrue(cluster.one().isActive(token)));
        acknowledged.revoked().forEach(token -> assertFalse(cluster.one().isActive(token)));
        assertEquals(0, cluster.database().number("""
                select count(*) from QH_API_TOKEN
                where length(SECRET_HASH) <> 60 or length(PREFIX) <> 6 or length(SCOPES) = 0 or CREATED_AT = 0"""));
        uses.assertWritten(killed.minusSeconds(FLUSH_SECONDS + 1));
        Cluster.startOther();
        assertStartReadNoTokens(Cluster.get().other());
    }

    /** Scheduled tasks are not part of the start. */
    private static void assertStartReadNoTokens(Node started) {
        String log = started.server().log();
        String start = log.substring(0, log.indexOf("Listening on:"));
        assertTrue(start.contains("org.hibernate.SQL"), "the log contains no statements");
        List<String> reads = start.lines()
                .filter(line -> line.contains("org.hibernate.SQL") && line.contains("QH_API_TOKEN"))
                .filter(line -> !line.contains("(kc-api-token-clean-up"))
                .toList();
        assertEquals(List.of(), reads);
    }

    @Test
    @Order(4)
    void aNodeWritesPendingLastUsesBeforeItShutsDown() throws InterruptedException {
        JsonNode token = cluster.one().newToken("bob");
        assertTrue(cutOff.isActive(string(token)));
        Signal.TERM.send(cutOff);
        assertTrue(cutOff.server().process().waitFor(1, TimeUnit.MINUTES));
        assertEquals(
                1,
                cluster.database()
                        .number("select count(*) from QH_API_TOKEN where LAST_USED_AT is not null and ID = '"
                                + token.path("id").asText() + "'"));
    }

    private static void assertAcceptedNoLongerThanDocumented(String token) {
        Instant answered = Instant.now();
        Probes probes = Probes.during(LONG_ENOUGH, cutOff, token);
        assertFalse(probes.askedAfter(answered.plusSeconds(AGE_SECONDS)).anyActive());
        assertFalse(cutOff.isActive(token));
    }

    private static void assertUnavailable(Probe probe) {
        assertEquals(503, probe.status(), probe.body());
        assertTrue(probe.body().contains("\"error_description\""), probe.body());
    }

    private static int revoke(Node node, JsonNode token) {
        String bearer = node.realm().signIn("alice");
        return node.realm().revoke(bearer, token.path("id").asText()).status();
    }

    private static String string(JsonNode token) {
        return token.path("token").asText();
    }
}
