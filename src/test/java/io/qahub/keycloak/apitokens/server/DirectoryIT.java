package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * While a user directory is unavailable and an owner is not cached, no token is reported as active or inactive, but tokens
 * can be revoked.
 */
@Tag("lifecycle")
class DirectoryIT {
    private static final List<String> ENDPOINTS = List.of(OWN_ENDPOINT, STANDARD_ENDPOINT);
    private static final String INACTIVE = "{\"active\":false}";

    private static Directory directory;
    private static int users;

    /** How a realm uses the directory. */
    enum Setup {
        IMPORTED(true, "DEFAULT"),
        IMPORTED_UNCACHED(true, "NO_CACHE"),
        NOT_IMPORTED(false, "DEFAULT"),
        NOT_IMPORTED_UNCACHED(false, "NO_CACHE");

        private final boolean imports;
        private final String cachePolicy;

        Setup(boolean imports, String cachePolicy) {
            this.imports = imports;
            this.cachePolicy = cachePolicy;
        }

        Realm realm() {
            return new Realm(realmName());
        }

        private String realmName() {
            return "directory-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        void make() {
            Realm realm = Realm.fresh(realmName());
            realm.admin("PUT", "", """
                    {"attributes":{"apiTokens.allowedClients":"qa-hub-cli","apiTokens.idleDays":"10"}}""");
            Federation.add(realm, directory, "importEnabled", String.valueOf(imports), "cachePolicy", cachePolicy);
        }
    }

    /** Returns the setups in which the state of an owner is unknown; 26.4 caches an imported owner as disabled. */
    static Set<Setup> recognized() {
        return Build.keycloakVersion().startsWith("26.4.")
                ? EnumSet.complementOf(EnumSet.of(Setup.IMPORTED))
                : EnumSet.allOf(Setup.class);
    }

    private Setup setup;
    private Realm realm;
    private Admins admins;
    private String admin;
    private AccessTokens accessTokens;
    private long mark;
    private String carol;
    private String carolsBearer;
    private JsonNode carols;
    private JsonNode dans;

    @BeforeAll
    static void makeRealms() {
        directory = new Directory();
        EnumSet.allOf(Setup.class).forEach(Setup::make);
    }

    @AfterAll
    static void remove() {
        directory.close();
        EnumSet.allOf(Setup.class).forEach(setup -> setup.realm().delete());
    }

    /** Creates two users of the directory with an active token each. */
    private void makeTokens(Setup ofRealm) {
        setup = ofRealm;
        realm = setup.realm();
        admins = new Admins(realm);
        admin = realm.adminToken();
        accessTokens = new AccessTokens(realm);
        carol = "carol" + ++users;
        String dan = "dan" + users;
        directory.addUser(carol);
        directory.addUser(dan);
        carolsBearer = realm.signIn(carol);
        carols = realm.newToken(carolsBearer, "carol's");
        dans = realm.newToken(realm.signIn(dan), "dan's");
        assertActive(carols);
        assertActive(dans);
        mark = Keycloak.get().logMark();
    }

    /** Keycloak itself logs the exception of an import that it cannot validate. */
    @AfterEach
    void noStackTraceIsLogged() {
        assertEquals(
                List.of(),
                Keycloak.get().stackTracesSince(mark).stream()
                        .filter(trace -> !trace.contains("[org.keycloak.storage."))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("recognized")
    void aTokenIsNeitherActiveNorInactiveWhileItsOwnerCannotBeLookedUp(Setup setup) {
        makeTokens(setup);
        String token = carols.path("token").asText();
        whileAway(() -> {
            ENDPOINTS.forEach(endpoint -> assertUnavailable(realm.introspect(endpoint, token)));
            assertUnavailable(Gateway.asks(realm, "GET", "", token).send());
            assertUnavailable(
                    realm.call("GET", "/api-tokens/self").bearer(token).send());
            assertUnavailable(accessTokens.exchange(token));
            assertUnavailable(accessTokens.signIn("qa-hub-legacy", carol, token));
        });
        assertActive(carols);
        assertEquals(200, Gateway.asks(realm, "GET", "", token).send().status());
    }

    @ParameterizedTest
    @MethodSource("recognized")
    void aJwtOfATokenIsNeitherActiveNorInactiveWhileTheOwnerCannotBeLookedUp(Setup setup) {
        makeTokens(setup);
        String jwt = AccessTokens.accessToken(
                accessTokens.exchange(carols.path("token").asText()));
        assertTrue(isActive(STANDARD_ENDPOINT, jwt));
        whileAway(() -> assertUnavailable(realm.introspect(STANDARD_ENDPOINT, jwt)));
        assertTrue(isActive(STANDARD_ENDPOINT, jwt));
    }

    @ParameterizedTest
    @EnumSource
    void aCachedOwnersTokenStaysActive(Setup setup) {
        makeTokens(setup);
        String token = carols.path("token").asText();
        directory.stop();
        try {
            for (String endpoint : ENDPOINTS) {
                if (setup.cachePolicy.equals("DEFAULT")) {
                    assertTrue(isActive(endpoint, token));
                } else {
                    assertUnavailable(realm.introspect(endpoint, token));
                }
            }
        } finally {
            directory.start();
        }
        assertActive(carols);
    }

    @ParameterizedTest
    @MethodSource("recognized")
    void theOwnerCanOnlyTryAgainLater(Setup setup) {
        makeTokens(setup);
        String id = carols.path("id").asText();
        whileAway(() -> {
            assertUnavailable(realm.create(carolsBearer, "{\"name\":\"new\",\"scopes\":[\"read\"]}"));
            assertUnavailable(realm.list(carolsBearer, ""));
            assertUnavailable(realm.list(carolsBearer, "/" + id));
            assertUnavailable(realm.call("POST", "/api-tokens/" + id + "/rotate")
                    .bearer(carolsBearer)
                    .json("{}")
                    .send());
        });
        assertActive(carols);
        assertEquals("1", realm.list(carolsBearer, "?status=all").header("X-Total-Count"));
    }

    /** The access token is valid, and a revocation does not depend on whether its user is still enabled. */
    @ParameterizedTest
    @MethodSource("recognized")
    void theOwnerRevokes(Setup setup) {
        makeTokens(setup);
        assertRevokedWhileAway(
                token -> realm.revoke(carolsBearer, token.path("id").asText()), 204);
    }

    @ParameterizedTest
    @EnumSource
    void theTokenItselfRevokes(Setup setup) {
        makeTokens(setup);
        assertRevokedWhileAway(
                token -> realm.call("DELETE", "/api-tokens/self")
                        .bearer(token.path("token").asText())
                        .send(),
                204);
    }

    @ParameterizedTest
    @EnumSource
    void aLeakReportRevokes(Setup setup) {
        makeTokens(setup);
        assertRevokedWhileAway(
                token -> realm.call("POST", "/api-tokens/revoke")
                        .form(Map.of("token", token.path("token").asText()))
                        .send(),
                200);
    }

    @ParameterizedTest
    @EnumSource
    void anAdminRevokesById(Setup setup) {
        makeTokens(setup);
        assertRevokedWhileAway(token -> admins.revoke(admin, token.path("id").asText()), 204);
    }

    @ParameterizedTest
    @EnumSource
    void anAdminRevokesByIds(Setup setup) {
        makeTokens(setup);
        assertRevokedWhileAway(token -> bulk("{\"ids\":[\"" + token.path("id").asText() + "\"]}"), 200);
    }

    @ParameterizedTest
    @EnumSource
    void anAdminRevokesByUser(Setup setup) {
        makeTokens(setup);
        assertRevokedWhileAway(token -> bulk("{\"user\":\"" + ownerId(token) + "\"}"), 200);
    }

    @ParameterizedTest
    @EnumSource
    void anAdminRevokesByFilter(Setup setup) {
        makeTokens(setup);
        assertRevokedWhileAway(token -> bulk("{\"filter\":{\"user\":\"" + ownerId(token) + "\"}}"), 200);
    }

    @ParameterizedTest
    @EnumSource
    void anAdminRevokesAll(Setup setup) {
        makeTokens(setup);
        whileAway(() -> {
            assertNotEquals(0, bulk("{\"all\":true}").json().path("revoked").asInt());
            assertEquals("0", admins.list(admin, "?status=active").header("X-Total-Count"));
        });
        assertInactive(carols);
        assertInactive(dans);
    }

    @ParameterizedTest
    @MethodSource("recognized")
    void theCleanUpRevokesIdleTokens(Setup setup) {
        makeTokens(setup);
        JsonNode idle = realm.newToken(carolsBearer, "idle");
        whileAway(() -> {
            Instant longAgo = Instant.now().minus(Duration.ofDays(11));
            Database.get().setTime(idle.path("prefix").asText(), "CREATED_AT", longAgo);
            await("the idle token to be revoked")
                    .atMost(Duration.ofSeconds(12))
                    .until(() -> asAdminSees(idle).path("status").asText().equals("revoked"));
        });
        assertInactive(idle);
        assertActive(carols);
    }

    @ParameterizedTest
    @EnumSource
    void theCleanUpDeletesNoTokenOfAnOwnerThatCannotBeLookedUp(Setup setup) {
        makeTokens(setup);
        whileAway(() -> Waits.untilCleanedUp(2, Keycloak.get().logMark()));
        assertActive(carols);
        assertActive(dans);
    }

    @ParameterizedTest
    @EnumSource
    void anAdminSeesTheTokensAndTheNamesThatAreKnown(Setup setup) {
        makeTokens(setup);
        String owner = ownerId(carols);
        whileAway(() -> {
            Answer all = admins.list(admin, "?max=100");
            assertEquals(200, all.status(), all.text());
            for (Answer found : List.of(
                    admins.list(admin, "?user=" + owner),
                    admins.list(admin, "?search=" + carols.path("prefix").asText()))) {
                assertEquals(200, found.status(), found.text());
                assertEquals("1", found.header("X-Total-Count"));
                assertSeenWithoutDirectory(owner, found.json().path(0));
            }
            assertSeenWithoutDirectory(owner, asAdminSees(carols));
        });
        assertEquals(carol, asAdminSees(carols).path("username").asText());
    }

    /** The names of imported users are in Keycloak's database. */
    private void assertSeenWithoutDirectory(String owner, JsonNode token) {
        assertEquals(owner, token.path("userId").asText());
        assertTrue(token.has("username"), token.toString());
        assertEquals(setup.imports ? carol : null, token.path("username").textValue());
        assertEquals("active", token.path("status").asText());
        assertTrue(token.path("access").path("revoke").asBoolean());
    }

    private void assertRevokedWhileAway(Function<JsonNode, Answer> revoke, int status) {
        whileAway(() -> {
            Answer answer = revoke.apply(carols);
            assertEquals(status, answer.status(), answer.text());
            assertEquals("revoked", asAdminSees(carols).path("status").asText());
            for (String endpoint : ENDPOINTS) {
                Answer verdict = realm.introspect(endpoint, carols.path("token").asText());
                if (verdict.status() != 503) {
                    assertEquals(INACTIVE, verdict.text());
                }
            }
        });
        assertInactive(carols);
        assertActive(dans);
    }

    private Answer bulk(String json) {
        Answer answer = admins.revokeAll(admin, json);
        assertEquals(200, answer.status(), answer.text());
        return answer;
    }

    private JsonNode asAdminSees(JsonNode token) {
        Answer answer = admins.list(admin, "/" + token.path("id").asText());
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private String ownerId(JsonNode token) {
        return asAdminSees(token).path("userId").asText();
    }

    /** Runs an action while the directory is unavailable and no user is cached. */
    private void whileAway(Runnable action) {
        directory.stop();
        try {
            Federation.clearUserCache(realm);
            action.run();
        } finally {
            directory.start();
        }
    }

    private boolean isActive(String endpoint, String token) {
        Answer answer = realm.introspect(endpoint, token);
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("active").asBoolean();
    }

    private void assertActive(JsonNode token) {
        for (String endpoint : ENDPOINTS) {
            assertTrue(isActive(endpoint, token.path("token").asText()), token.path("name") + " at " + endpoint);
        }
    }

    private void assertInactive(JsonNode token) {
        for (String endpoint : ENDPOINTS) {
            assertFalse(isActive(endpoint, token.path("token").asText()), token.path("name") + " at " + endpoint);
        }
    }

    private static void assertUnavailable(Answer answer) {
        BadRequestIT.refused(answer, 503, "temporarily_unavailable");
    }
}
