package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No request and no job waits for a second connection while it holds one: with two connections, sixteen requests of each
 * kind are answered. All requests need the database, because Keycloak's user cache is cleared before, and each is of another
 * user. Keycloak itself needs more connections for parallel requests of one user, or if its realm cache is empty: while a
 * request loads an entry of these caches, others wait for the entry with the connections that they hold.
 */
@Tag("lifecycle")
@Tag("database")
class SmallPoolIT {
    private static final int CALLERS = 16;
    private static final int CALLERS_OF_EACH_KIND = 6;
    private static final int MANY = 2000;

    /** In a deadlock, requests fail after the pool's acquisition timeout of 20 seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final List<String> OPTIONS = List.of(
            "--log-level=info", // a log of all SQL would take most of the time
            "--db-pool-initial-size=1",
            "--db-pool-min-size=1",
            "--db-pool-max-size=2",
            "--spi-api-tokens--default--bcrypt-concurrency=2");

    private static Database database;
    private static Keycloak keycloak;
    private static Realm realm;
    private static Admins admins;
    private static int users;

    private long logMark;

    @BeforeAll
    static void start() {
        database = Database.empty("small-pool");
        keycloak = Keycloak.production("small-pool", database, OPTIONS);
        realm = Realm.fresh(keycloak, "small-pool");
        admins = new Admins(realm);
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @BeforeEach
    void markTheLog() {
        logMark = keycloak.logMark();
    }

    @AfterEach
    void noRequestHasWaitedForThePool() {
        assertFalse(keycloak.logSince(logMark).contains("acquisition timeout"));
    }

    @Test
    void firstUsesAreAnswered() {
        send("first uses", firstUses(newOwners()));
    }

    @Test
    void badTokensAreRefused() {
        send("bad tokens", badTokens(newOwners()));
    }

    @Test
    void creationsAreAnswered() {
        send("creations", creations(newOwners()));
    }

    @Test
    void revocationsAreAnswered() {
        List<Owner> owners = newOwners();
        send("revocations", revocations(owners));
        owners.forEach(SmallPoolIT::assertRevokedOnce);
    }

    @Test
    void leakReportsAreAnswered() {
        List<Owner> owners = newOwners();
        send("leak reports", leakReports(owners));
        owners.forEach(SmallPoolIT::assertRevokedOnce);
    }

    @Test
    void gatewayCallsAreAnswered() {
        send("gateway calls", gatewayCalls(newOwners()));
    }

    @Test
    void bulkRevocationsAreAnswered() {
        Realm bulk = Realm.fresh(keycloak, "bulk");
        try {
            send("bulk revocations", bulkRevocations(bulk));
            assertAllRevokedOnce(bulk);
        } finally {
            bulk.delete();
        }
    }

    @Test
    void allOfThemAtOnceAreAnswered() {
        Realm bulk = Realm.fresh(keycloak, "bulk");
        try {
            List<Owner> owners = newOwners(CALLERS_OF_EACH_KIND);
            Burst burst = firstUses(newOwners(CALLERS_OF_EACH_KIND))
                    .add(gatewayCalls(newOwners(CALLERS_OF_EACH_KIND)))
                    .add(creations(newOwners(CALLERS_OF_EACH_KIND)))
                    .add(revocations(owners))
                    .add(bulkRevocations(bulk));
            send("all at once", burst);
            owners.forEach(SmallPoolIT::assertRevokedOnce);
            assertAllRevokedOnce(bulk);
        } finally {
            bulk.delete();
        }
    }

    private void send(String name, Burst burst) {
        assertEquals(204, realm.admin("POST", "/clear-user-cache", null).status());
        Duration longest = burst.send(LIMIT).longest();
        System.out.printf("Pool of 2, %s, %s: at most %d ms%n", database.kind(), name, longest.toMillis());
    }

    private static Burst firstUses(List<Owner> owners) {
        Burst burst = new Burst();
        for (Owner owner : owners) {
            String endpoint = owner.number % 2 == 0 ? OWN_ENDPOINT : STANDARD_ENDPOINT;
            burst.add("first use at " + endpoint, () -> realm.introspect(endpoint, owner.token), answer -> answer.json()
                    .path("active")
                    .asBoolean());
        }
        return burst;
    }

    /** Wrong secrets and unknown prefixes, at both kinds of endpoints. */
    private static Burst badTokens(List<Owner> owners) {
        Burst burst = new Burst();
        for (Owner owner : owners) {
            String bad = MadeUpTokens.withPrefix(owner.number % 4 < 2 ? owner.prefix : "00000" + owner.number % 10);
            if (owner.number % 2 == 0) {
                burst.add("bad token", () -> realm.introspect(OWN_ENDPOINT, bad), answer -> answer.text()
                        .equals("{\"active\":false}"));
            } else {
                burst.add("bad token at the gateway", 401, () -> Gateway.asks(realm, "GET", "", bad)
                        .send());
            }
        }
        return burst;
    }

    private static Burst creations(List<Owner> owners) {
        Burst burst = new Burst();
        owners.forEach(owner -> burst.add(
                "creation", 201, () -> realm.create(owner.bearer, "{\"name\":\"new\",\"scopes\":[\"read\"]}")));
        return burst;
    }

    /** Revocations by owners, admins, clients, and the tokens themselves. */
    private static Burst revocations(List<Owner> owners) {
        Burst burst = new Burst();
        for (Owner owner : owners) {
            switch (owner.number % 4) {
                case 0 -> burst.add("revocation by the owner", 204, () -> realm.revoke(owner.bearer, owner.id));
                case 1 -> {
                    String admin = admins.newAdmin("admin" + owner.number, "manage-users");
                    burst.add("revocation by an admin", 204, () -> admins.revoke(admin, owner.id));
                }
                case 2 ->
                    burst.add("revocation by a client", 200, () -> realm.call("POST", "/protocol/openid-connect/revoke")
                            .form(Map.of("client_id", "qa-hub-cli", "token", owner.token))
                            .send());
                default ->
                    burst.add("revocation by the token", 204, () -> realm.call("DELETE", "/api-tokens/self")
                            .bearer(owner.token)
                            .send());
            }
        }
        return burst;
    }

    /** Each from another address, with an unknown token and a good one. */
    private static Burst leakReports(List<Owner> owners) {
        Burst burst = new Burst();
        for (Owner owner : owners) {
            String form = "token=" + MadeUpTokens.withPrefix("000000") + "&token=" + owner.token;
            burst.add("leak report", 200, () -> realm.call("POST", "/api-tokens/revoke")
                    .header("X-Forwarded-For", "10.2.0." + owner.number % 250)
                    .form(form)
                    .send());
        }
        return burst;
    }

    private static Burst gatewayCalls(List<Owner> owners) {
        Burst burst = new Burst();
        owners.forEach(owner -> burst.add("gateway call", 200, () -> Gateway.asks(realm, "GET", "", owner.token)
                .send()));
        return burst;
    }

    /** Revocations of the same many tokens by several admins: by ids, with a filter, and of all. */
    private static Burst bulkRevocations(Realm bulk) {
        JsonNode token = bulk.newToken(bulk.signIn("alice"), "t");
        database.copyToken(
                token.path("prefix").asText(),
                IntStream.range(0, MANY).mapToObj("%06d"::formatted).toList());
        Admins bulkAdmins = new Admins(bulk);
        String ids = bulkAdmins.list(bulk.adminToken(), "?max=100").json().findValuesAsText("id").stream()
                .map(id -> '"' + id + '"')
                .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
        Burst burst = new Burst();
        for (String request : List.of(ids, "{\"filter\":{\"search\":\"t\"}}", "{\"all\":true}")) {
            for (int i = 0; i < 3; i++) {
                users++;
                String admin = bulkAdmins.newAdmin("bulk" + users, "manage-users");
                burst.add("bulk revocation", 200, () -> bulkAdmins.revokeAll(admin, request));
            }
        }
        return burst;
    }

    private static void assertRevokedOnce(Owner owner) {
        assertFalse(realm.isActive(owner.token));
        assertEquals(Map.of(owner.prefix, 1), RemovalEvents.byPrefix(realm, owner.userId));
    }

    private static void assertAllRevokedOnce(Realm bulk) {
        String notRevoked =
                new Admins(bulk).list(bulk.adminToken(), "?status=active&max=1").header("X-Total-Count");
        assertEquals("0", notRevoked);
        Map<String, Integer> events = RemovalEvents.byPrefix(bulk, bulk.userId("alice"));
        assertEquals(MANY + 1, events.size());
        assertEquals(List.of(1), events.values().stream().distinct().toList());
    }

    private static List<Owner> newOwners() {
        return newOwners(CALLERS);
    }

    private static List<Owner> newOwners(int number) {
        return IntStream.range(0, number).mapToObj(i -> newOwner()).toList();
    }

    private static Owner newOwner() {
        users++;
        String userId = realm.newUser("owner" + users);
        String bearer = realm.signIn("owner" + users);
        JsonNode token = realm.newToken(bearer, "t");
        database.rehash(token.path("token").asText());
        return new Owner(
                users,
                userId,
                bearer,
                token.path("id").asText(),
                token.path("prefix").asText(),
                token.path("token").asText());
    }

    /** A user with an access token and an API token. */
    private record Owner(int number, String userId, String bearer, String id, String prefix, String token) {}
}
