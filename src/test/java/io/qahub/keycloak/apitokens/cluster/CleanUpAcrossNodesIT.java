package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes clean up a realm in which half of the tokens are due, while both verify tokens. With
 * {@code -Dcluster.rows=1000000}, this is also a measurement: introspection must keep 0.8 of its throughput.
 */
@Tag("cluster")
class CleanUpAcrossNodesIT {
    private static final int ROWS = Integer.getInteger("cluster.rows", 10_000);
    private static final int ENOUGH_TO_MEASURE = 1_000_000;
    private static final Duration WARM_UP = Duration.ofMillis(ROWS < ENOUGH_TO_MEASURE ? 500 : 20_000);
    private static final Duration MEASURED = Duration.ofMillis(ROWS < ENOUGH_TO_MEASURE ? 500 : 20_000);
    private static final double KEPT = 0.8;
    private static Cluster cluster;
    private static Realm realm;
    private static List<String> usable;
    private static int created;

    @BeforeAll
    static void fill() {
        cluster = Cluster.get();
        realm = Realm.fresh(cluster.one().server(), "due");
        keepInactive(99_999);
        usable = new ManyTokens(cluster.database(), "due")
                .people(1000)
                .tokens(ROWS)
                .usable(50);
    }

    @AfterAll
    static void empty() {
        realm.delete();
    }

    @Test
    void exactlyTheDueTokensAreDeletedAndTheNodesKeepResponding() throws Exception {
        Instant now = Instant.now();
        long due = rows(ended(now));
        long good = rows("not coalesce(" + ended(now.plusSeconds(3600)) + ", false)");
        assertTrue(due > ROWS * 0.4 && due < ROWS * 0.6, due + " due");
        long before;
        long during;
        Instant started;
        try (Load load = Load.on(nodes(), usable)) {
            load.answersIn(WARM_UP);
            before = load.answersIn(MEASURED);
            started = Instant.now();
            keepInactive(0);
            during = load.answersWhile(MEASURED, () -> {
                create();
                return rows(ended(now)) > 0;
            });
        }
        System.out.printf(
                "%d of %d rows purged in %s; introspections per second before %d, during %d%n",
                due, ROWS, Duration.between(started, Instant.now()), before, during);
        assertEquals(0, rows(ended(now)), "due tokens that were not deleted");
        assertEquals(
                good + created,
                rows("not coalesce(" + ended(now.plusSeconds(3600)) + ", false)"),
                "tokens that are not due and were deleted");
        awaitPurgeMetric();
        if (ROWS >= ENOUGH_TO_MEASURE) {
            assertTrue(during >= before * KEPT, during + " of " + before);
        }
    }

    private static Stream<Realm> nodes() {
        return Stream.of(cluster.one(), cluster.other()).map(node -> new Realm(node.server(), "due"));
    }

    /** A running batch does not delay a creation for long. */
    private static void create() {
        Instant start = Instant.now();
        Answer answer = realm.create(realm.signIn("alice"), "{\"name\":\"meanwhile\",\"scopes\":[\"read\"]}");
        assertEquals(201, answer.status(), answer.text());
        assertTrue(Duration.between(start, Instant.now()).toSeconds() < 5);
        created++;
    }

    private static String ended(Instant time) {
        return "(REVOKED_AT < %1$d or EXPIRES_AT < %1$d)".formatted(time.toEpochMilli());
    }

    private static long rows(String condition) {
        return cluster.database().number("""
                select count(*) from QH_API_TOKEN
                where REALM_ID = (select ID from REALM where NAME = 'due') and %s""".formatted(condition));
    }

    /** The counts of the nodes add up to the number of deleted tokens. */
    private static void awaitPurgeMetric() {
        await("the nodes to report the number of deleted tokens")
                .untilAsserted(() -> assertEquals(deleted(), purgedTotal()));
    }

    private static long deleted() {
        return ROWS + created - rows("true");
    }

    private static long purgedTotal() {
        return purgedBy(cluster.one()) + purgedBy(cluster.other());
    }

    private static long purgedBy(Node node) {
        return Pattern.compile("Realm " + realm.id() + ": \\d+ idle API tokens revoked, (\\d+) inactive and")
                .matcher(node.server().log())
                .results()
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }

    private static void keepInactive(int days) {
        String json =
                "{\"realm\":\"due\",\"attributes\":{\"apiTokens.allowedClients\":\"qa-hub-cli\",\"apiTokens.keepInactiveDays\":\""
                        + days + "\"}}";
        assertEquals(204, realm.admin("PUT", "", json).status());
    }
}
