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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * While the directory of a user federation is away and an owner is not cached, no token is reported as active or as
 * inactive, but tokens can be revoked.
 */
@ParameterizedClass(name = "importEnabled={0}, cachePolicy={1}")
@CsvSource({"true,DEFAULT", "true,NO_CACHE", "false,DEFAULT", "false,NO_CACHE"})
class DirectoryIT {
    private static final List<String> ENDPOINTS = List.of(OWN_ENDPOINT, STANDARD_ENDPOINT);
    private static final String INACTIVE = "{\"active\":false}";

    private static Realm realm;
    private static Directory directory;
    private static int users;

    @Parameter(0)
    boolean imports;

    @Parameter(1)
    String cachePolicy;

    private final Admins admins = new Admins(realm);
    private final String admin = realm.adminToken();
    private final AccessTokens accessTokens = new AccessTokens(realm);
    private long mark;
    private String carol;
    private String carolsBearer;
    private JsonNode carols;
    private JsonNode dans;

    @BeforeParameterizedClassInvocation
    static void make(boolean imports, String cachePolicy) {
        directory = new Directory();
        realm = Realm.fresh("directory");
        realm.admin("PUT", "", """
                {"attributes":{"apiTokens.allowedClients":"qa-hub-cli","apiTokens.idleDays":"10"}}""");
        Federation.add(realm, directory, "importEnabled", String.valueOf(imports), "cachePolicy", cachePolicy);
    }

    @AfterParameterizedClassInvocation
    static void remove() {
        directory.close();
        realm.delete();
    }

    /** Makes two users with an active token each. */
    @BeforeEach
    void makeTokens() {
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

    @Test
    void aTokenIsNeitherActiveNorInactiveWhileItsOwnerCannotBeLookedUp() {
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

    @Test
    void aJwtOfATokenIsNeitherActiveNorInactiveWhileTheOwnerCannotBeLookedUp() {
        String jwt = AccessTokens.accessToken(
                accessTokens.exchange(carols.path("token").asText()));
        assertTrue(isActive(STANDARD_ENDPOINT, jwt));
        whileAway(() -> assertUnavailable(realm.introspect(STANDARD_ENDPOINT, jwt)));
        assertTrue(isActive(STANDARD_ENDPOINT, jwt));
    }

    @Test
    void aCachedOwnersTokenStaysActive() {
        String token = carols.path("token").asText();
        directory.stop();
        try {
            for (String endpoint : ENDPOINTS) {
                if (cachePolicy.equals("DEFAULT")) {
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

    @Test
    void theOwnerCanOnlyTryAgainLater() {
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

    /** An access token tells who its user was; nobody but the directory tells whether the user may still sign in. */
    @Test
    void theOwnerRevokes() {
        assertRevokedWhileAway(
                token -> realm.revoke(carolsBearer, token.path("id").asText()), 204);
    }

    @Test
    void theTokenItselfRevokes() {
        assertRevokedWhileAway(
                token -> realm.call("DELETE", "/api-tokens/self")
                        .bearer(token.path("token").asText())
                        .send(),
                204);
    }

    @Test
    void aLeakReportRevokes() {
        assertRevokedWhileAway(
                token -> realm.call("POST", "/api-tokens/revoke")
                        .form(Map.of("token", token.path("token").asText()))
                        .send(),
                200);
    }

    @Test
    void anAdminRevokesById() {
        assertRevokedWhileAway(token -> admins.revoke(admin, token.path("id").asText()), 204);
    }

    @Test
    void anAdminRevokesByIds() {
        assertRevokedWhileAway(token -> bulk("{\"ids\":[\"" + token.path("id").asText() + "\"]}"), 200);
    }

    @Test
    void anAdminRevokesByUser() {
        assertRevokedWhileAway(token -> bulk("{\"user\":\"" + ownerId(token) + "\"}"), 200);
    }

    @Test
    void anAdminRevokesByFilter() {
        assertRevokedWhileAway(token -> bulk("{\"filter\":{\"user\":\"" + ownerId(token) + "\"}}"), 200);
    }

    @Test
    void anAdminRevokesAll() {
        whileAway(() -> {
            assertNotEquals(0, bulk("{\"all\":true}").json().path("revoked").asInt());
            assertEquals("0", admins.list(admin, "?status=active").header("X-Total-Count"));
        });
        assertInactive(carols);
        assertInactive(dans);
    }

    @Test
    void theCleanUpRevokesIdleTokens() {
        whileAway(() -> {
            Database.get()
                    .setTime(
                            carols.path("prefix").asText(),
                            "LAST_USED_AT",
                            Instant.now().minus(Duration.ofDays(11)));
            Database.get()
                    .setTime(
                            carols.path("prefix").asText(),
                            "CREATED_AT",
                            Instant.now().minus(Duration.ofDays(11)));
            await("the idle token to be revoked")
                    .atMost(Duration.ofSeconds(12))
                    .until(() -> asAdminSees(carols).path("status").asText().equals("revoked"));
        });
        assertInactive(carols);
        assertActive(dans);
    }

    @Test
    void theCleanUpDeletesNoTokenOfAnOwnerThatCannotBeLookedUp() {
        whileAway(() -> Waits.untilCleanedUp(2, Keycloak.get().logMark()));
        assertActive(carols);
        assertActive(dans);
    }

    @Test
    void anAdminSeesTheTokensAndTheNamesThatAreKnown() {
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

    /** Keycloak's database has the names of imported users. */
    private void assertSeenWithoutDirectory(String owner, JsonNode token) {
        assertEquals(owner, token.path("userId").asText());
        assertTrue(token.has("username"), token.toString());
        assertEquals(imports ? carol : null, token.path("username").textValue());
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

    /** Runs an action while the directory is away and no user is cached. */
    private static void whileAway(Runnable action) {
        directory.stop();
        try {
            Federation.clearUserCache(realm);
            action.run();
        } finally {
            directory.start();
        }
    }

    private static boolean isActive(String endpoint, String token) {
        Answer answer = realm.introspect(endpoint, token);
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("active").asBoolean();
    }

    private static void assertActive(JsonNode token) {
        for (String endpoint : ENDPOINTS) {
            assertTrue(isActive(endpoint, token.path("token").asText()), token.path("name") + " at " + endpoint);
        }
    }

    private static void assertInactive(JsonNode token) {
        for (String endpoint : ENDPOINTS) {
            assertFalse(isActive(endpoint, token.path("token").asText()), token.path("name") + " at " + endpoint);
        }
    }

    private static void assertUnavailable(Answer answer) {
        BadRequestIT.refused(answer, 503, "temporarily_unavailable");
    }
}
