package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Many tokens of 1,000 users on PostgreSQL; {@code -Dlarge.tokens=100000} for a long run. For the duration of list
 * requests, see {@link LargeRealmTimes}.
 */
@Tag("large")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LargeRealmIT {
    private static final int TOKENS = Integer.getInteger("large.tokens", 20_000);
    private static final Pattern SQL = Pattern.compile("org.hibernate.SQL\\] \\(executor-thread-\\d+\\) (.*)");
    private static Cluster cluster;
    private static LargeRealm large;
    private String admin;

    @BeforeAll
    static void fill() {
        cluster = Cluster.get();
        large = LargeRealm.fill(cluster, "large", TOKENS);
    }

    @BeforeEach
    void signIn() {
        admin = large.realm().adminToken();
    }

    @AfterAll
    static void remove() {
        large.realm().delete();
        assertEquals(
                0,
                cluster.database()
                        .number("select count(*) from QH_API_TOKEN t where not exists"
                                + " (select 1 from REALM r where r.ID = t.REALM_ID)"));
    }

    @Test
    @Order(1)
    void usernamesAreReadWithoutAQueryPerRow() {
        List<String> usernames = large.list(admin, "?max=200").json().findValuesAsText("username");
        assertTrue(new HashSet<>(usernames).size() > 100, usernames.toString());
        List<String> statements = statements("?max=200");
        assertEquals(
                1,
                statements.stream().filter(sql -> sql.contains("USER_ENTITY")).count(),
                statements.toString());
        assertTrue(statements.size() <= 5, statements.toString());
    }

    @Test
    @Order(1)
    void pagesAreReadFromIndexes() {
        List<String> queries = Stream.of(LargeRealm.SEARCHES, LargeRealm.FILTERS, LargeRealm.SORTS)
                .flatMap(List::stream)
                .toList();
        for (String query : large.withPrefix(queries)) {
            List<String> statements = statements(query).stream()
                    .filter(sql -> sql.contains("QH_API_TOKEN") && !sql.startsWith("select count("))
                    .toList();
            assertFalse(statements.isEmpty(), query);
            for (String sql : statements) {
                String plan = cluster.database().plan(numbered(sql));
                assertFalse(plan.contains("Seq Scan on qh_api_token"), query + "\n" + sql + "\n" + plan);
            }
        }
    }

    /** Returns the SQL statements of a list request, as the server logs them. */
    private List<String> statements(String query) {
        Keycloak server = cluster.one().server();
        long mark = server.logMark();
        Answer answer = large.list(admin, query);
        assertEquals(200, answer.status(), query + answer.text());
        return SQL.matcher(server.logSince(mark))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String numbered(String sql) {
        int[] number = {0};
        return Pattern.compile("\\?")
                .matcher(sql)
                .replaceAll((MatchResult m) -> Matcher.quoteReplacement("$" + ++number[0]));
    }

    @Test
    @Order(1)
    void pagesInBothDirectionsFormTheSameList() {
        assertEquals(
                ids("?status=all&first=" + (TOKENS - 1_000) + "&max=1000&order=asc"),
                reversed(ids("?status=all&max=1000")));
        List<String> middle = ids("?status=all&first=" + TOKENS / 2 + "&max=10");
        assertEquals(
                middle,
                ids("?status=all&first=" + (TOKENS / 2 - 10) + "&max=20").subList(10, 20));
        assertEquals(3, ids("?status=all&first=" + (TOKENS - 3)).size());
        assertEquals(0, ids("?status=all&first=" + TOKENS).size());
        for (String sort : Stream.concat(LargeRealm.SORTS.stream(), LargeRealm.SORTS_BY_LAST_USE.stream())
                .toList()) {
            String deep = "&status=all&max=20&first=" + (TOKENS * 3 / 4);
            String before = "&status=all&max=40&first=" + (TOKENS * 3 / 4 - 20);
            assertEquals(ids(sort + deep), ids(sort + before).subList(20, 40), sort);
        }
    }

    private List<String> ids(String query) {
        Answer answer = large.list(admin, query);
        assertTrue(
                query.contains("status=all") && answer.header("X-Total-Count").equals("" + TOKENS), answer.text());
        return answer.json().findValuesAsText("id");
    }

    private static List<String> reversed(List<String> list) {
        List<String> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    @Order(2)
    void theTotalIsCorrectAfterARevocation() {
        String id = large.list(admin, "?max=1").json().get(0).path("id").asText();
        long before = Long.parseLong(large.list(admin, "").header("X-Total-Count"));
        assertEquals(large.good(), before);
        large.realm().admin("DELETE", "/api-tokens/" + id, null);
        assertEquals("" + (before - 1), large.list(admin, "").header("X-Total-Count"));
    }

    @Test
    @Order(3)
    void twoAdminsRevokeAllTokensConcurrentlyWhileBothNodesVerify() throws Exception {
        List<String> toRevoke = large.tokens().usable(60);
        LargeRealm other = LargeRealm.fill(cluster, "neighbour", 1_000);
        List<String> toKeep = other.tokens().usable(10);
        long good = large.good();
        int revoked;
        try (RevocationLoad load = RevocationLoad.on(cluster, large.realm(), toRevoke, other.realm(), toKeep)) {
            load.awaitRounds(1);
            load.assertAll(true);
            CompletableFuture<Answer> first = revokeAllAt(cluster.one());
            CompletableFuture<Answer> second = revokeAllAt(cluster.other());
            revoked = revoked(first.get()) + revoked(second.get());
            load.nothingIsActiveFromNowOn();
            load.awaitRounds(1);
        }
        assertEquals(good, revoked);
        assertEquals(0, large.good());
        assertEquals(0, revoked(revokeAllAt(cluster.one()).get()));
        other.realm().delete();
    }

    /** With an access token of the same node: each node has its own address and therefore its own issuer. */
    private CompletableFuture<Answer> revokeAllAt(Node node) {
        String bearer = new Realm(node.server(), large.realm().name()).adminToken();
        return CompletableFuture.supplyAsync(() -> large.revokeAll(node.server(), bearer));
    }

    private static int revoked(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("revoked").asInt();
    }
}
