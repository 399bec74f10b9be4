package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ParallelIT {
    private static final int CALLERS = 100;
    private static final int LATE_ONES = 3;
    private static Realm realm;
    private static ExecutorService callers;

    /** Stores no events, so that verification causes all SQL statements. */
    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("parallel");
        realm.admin("PUT", "/events/config", "{\"eventsEnabled\":false}");
        callers = Executors.newFixedThreadPool(CALLERS);
    }

    @AfterAll
    static void deleteRealm() {
        callers.shutdownNow();
        realm.delete();
    }

    @RepeatedTest(3)
    void noIntrospectionAfterTheRevocationReturnedIsActive() throws InterruptedException, ExecutionException {
        String bearer = realm.signIn("alice");
        JsonNode token = realm.newToken(bearer, "revoked under load");
        String tokenString = token.path("token").asText();
        assertTrue(realm.isActive(tokenString));

        CountDownLatch allAsked = new CountDownLatch(CALLERS);
        AtomicLong revoked = new AtomicLong(Long.MAX_VALUE);
        List<Future<List<Seen>>> watchers = IntStream.range(0, CALLERS)
                .mapToObj(i -> callers.submit(() -> watch(tokenString, allAsked, revoked)))
                .toList();
        allAsked.await();
        assertEquals(204, realm.revoke(bearer, token.path("id").asText()).status());
        revoked.set(System.nanoTime());

        List<Seen> seen = new ArrayList<>();
        for (Future<List<Seen>> watcher : watchers) {
            seen.addAll(watcher.get());
        }
        List<Seen> late = seen.stream().filter(s -> s.started() > revoked.get()).toList();
        assertTrue(late.size() >= CALLERS * LATE_ONES, "late ones: " + late.size());
        assertTrue(late.stream().noneMatch(Seen::active), "a token was active after the revocation");
        assertTrue(seen.stream().anyMatch(Seen::active), "no introspection was active before the revocation");
    }

    @Test
    void aHundredParallelFirstUsesRunBcryptOnce() {
        String token =
                realm.newToken(realm.signIn("alice"), "shared").path("token").asText();
        Database.get().rehash(token);
        Work work = Work.during(() -> assertEquals(CALLERS, activeOf(token)));
        assertEquals(1, work.bcrypt());
    }

    @Test
    void verificationCostDoesNotDependOnTheNumberOfTokens() {
        realm.newUser("frugal");
        String one = realm.newToken(realm.signIn("frugal"), "the only one")
                .path("token")
                .asText();
        realm.newUser("collector");
        JsonNode first = realm.newToken(realm.signIn("collector"), "one of many");
        Database.get().copyToken(first.path("prefix").asText(), 999);
        String ofMany = first.path("token").asText();
        Database.get().rehash(one);
        Database.get().rehash(ofMany);

        assertEquals(1, coldUse(one).bcrypt());
        assertEquals(1, coldUse(ofMany).bcrypt());
        use(ofMany); // at the isolation level of MariaDB, only the second use fills the cache
        assertEquals(Work.NONE, use(ofMany));
        Work cold = coldUse(one);
        assertEquals(0, cold.bcrypt());
        assertEquals(cold, coldUse(ofMany));
    }

    @Test
    void revokingOneTokenDoesNotCauseBcryptForTheOwnersOtherTokens() {
        realm.newUser("rotator");
        String bearer = realm.signIn("rotator");
        JsonNode goes = realm.newToken(bearer, "goes");
        Database.get().copyToken(goes.path("prefix").asText(), 1);
        List<String> stay = IntStream.range(0, 10)
                .mapToObj(i -> realm.newToken(bearer, "stays").path("token").asText())
                .toList();
        stay.forEach(Database.get()::rehash);
        Work first = Work.during(() -> stay.forEach(token -> assertTrue(realm.isActive(token))));
        assertEquals(stay.size(), first.bcrypt());

        assertEquals(204, realm.revoke(bearer, goes.path("id").asText()).status());
        Work again = Work.during(() -> stay.forEach(token -> assertTrue(realm.isActive(token))));
        assertEquals(0, again.bcrypt());
        assertFalse(realm.isActive(goes.path("token").asText()));
    }

    /** A use while Keycloak's user cache does not contain the owner. */
    @Test
    void aTokenWithMappersAndAnOrganizationNeedsNoSqlOnceItIsCached() {
        ClientScopes scopes = new ClientScopes(realm);
        String user = realm.newUser("mapped");
        scopes.newRole("tester");
        scopes.roleOf("POST", "users/" + user, "tester");
        scopes.member("PUT", scopes.newGroup("testers"), user);
        String scope =
                scopes.create("cases:read", "\"apiTokens.grantable\":\"true\",\"apiTokens.methods\":\"GET\"", """
                [{"name":"r","protocol":"openid-connect","protocolMapper":"oidc-usermodel-realm-role-mapper",
                  "config":{"claim.name":"roles","multivalued":"true","introspection.token.claim":"true"}},
                 {"name":"g","protocol":"openid-connect","protocolMapper":"oidc-group-membership-mapper",
                  "config":{"claim.name":"groups","full.path":"true","introspection.token.claim":"true"}},
                 {"name":"e","protocol":"openid-connect","protocolMapper":"oidc-usermodel-property-mapper",
                  "config":{"claim.name":"email","user.attribute":"email","introspection.token.claim":"true"}}]""");
        scopes.requireRole(scope, "tester");
        scopes.assign("qa-hub-api", scope, "optional");
        Organizations organizations = new Organizations(realm);
        organizations.setEnabled(true);
        organizations.join(organizations.create("acme"), user);
        String token =
                realm.create(realm.signIn("mapped"), """
                        {"name":"t","scopes":["cases:read","read"],"organization":"acme"}""").json().path("token").asText();
        String jwt = AccessTokens.accessToken(new AccessTokens(realm).exchange(token));
        Runnable uses = () -> {
            JsonNode answer = realm.introspect(Realm.STANDARD_ENDPOINT, token).json();
            assertEquals("[\"tester\"]", answer.path("roles").toString());
            assertEquals("[\"/testers\"]", answer.path("groups").toString());
            assertEquals("mapped@example.org", answer.path("email").asText());
            assertEquals("acme", answer.path("organization").asText());
            assertTrue(realm.isActive(jwt));
            assertEquals(200, Gateway.asks(realm, "GET", "", token).send().status());
        };
        uses.run();
        assertEquals(Work.NONE, Work.during(uses));
    }

    private static Work coldUse(String token) {
        assertEquals(204, realm.admin("POST", "/clear-user-cache", null).status());
        Work work = use(token);
        assertTrue(work.sql() > 0, work.toString());
        return work;
    }

    private static Work use(String token) {
        return Work.during(() -> assertTrue(realm.isActive(token)));
    }

    /** Introspects repeatedly, until some introspections were sent after the revocation returned. */
    private static List<Seen> watch(String token, CountDownLatch allAsked, AtomicLong revoked) {
        List<Seen> seen = new ArrayList<>();
        for (int late = 0; late < LATE_ONES; ) {
            long started = System.nanoTime();
            late += started > revoked.get() ? 1 : 0;
            seen.add(new Seen(started, realm.isActive(token)));
            allAsked.countDown();
        }
        return seen;
    }

    /** Returns the number of concurrent introspections that report the token as active. */
    private static long activeOf(String token) {
        Callable<Boolean> ask = () -> realm.isActive(token);
        try {
            long active = 0;
            for (Future<Boolean> answer : callers.invokeAll(
                    IntStream.range(0, CALLERS).mapToObj(i -> ask).toList())) {
                active += answer.get() ? 1 : 0;
            }
            return active;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One introspection: the time when it was sent, and its result. */
    private record Seen(long started, boolean active) {}
}
