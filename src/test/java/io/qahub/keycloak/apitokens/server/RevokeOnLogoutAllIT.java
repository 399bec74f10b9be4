package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy {@code apiTokens.revokeOnLogoutAll}. */
class RevokeOnLogoutAllIT {
    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("logout");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["REMOVE_CREDENTIAL","INTROSPECT_TOKEN_ERROR"]}""");
        policy("true");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    /** A token that is created in the second in which another test signed out the realm is inactive. */
    @BeforeEach
    void awaitTheNextSecond() {
        nextSecond();
    }

    @Test
    void signingAUserOutRevokesTheUsersTokens() {
        String user = realm.newUser("leaver");
        JsonNode token = newToken("leaver");
        JsonNode others = newToken("alice");
        assertTrue(isActive(token));
        assertEquals(
                204, realm.admin("POST", "/users/" + user + "/logout", "{}").status());
        assertFalse(isActive(token), "also if it was created in the same second");
        assertEquals("revoked", status(token), "at once");
        assertEquals(
                "logout",
                newest("REMOVE_CREDENTIAL").path("details").path("revoked_by").asText());
        assertTrue(isActive(others));
        nextSecond();
        assertTrue(isActive(newToken("leaver")));
    }

    @Test
    void signingTheRealmOutRevokesAllTokens() {
        JsonNode one = newToken("alice");
        JsonNode other = newToken("bob");
        assertTrue(isActive(one) && isActive(other));
        assertEquals(200, realm.admin("POST", "/logout-all", "{}").status());
        assertFalse(isActive(one) || isActive(other));
        awaitRevoked(one);
        awaitRevoked(other);
        nextSecond();
        assertTrue(isActive(newToken("alice")));
    }

    @Test
    void aNotBeforeTimeThatIsClearedMakesNoTokenActiveAgain() {
        JsonNode token = newToken("alice");
        assertEquals(204, notBefore("", "\"realm\":\"logout\"", Instant.now()));
        assertFalse(isActive(token));
        awaitRevoked(token);
        assertEquals(204, notBefore("", "\"realm\":\"logout\"", Instant.EPOCH));
        assertFalse(isActive(token));
    }

    @Test
    void theNotBeforeTimeOfAClientRevokesTheTokensOfItsServiceAccount() {
        new AccessTokens(realm).newClient("robot", "\"serviceAccountsEnabled\":true");
        JsonNode token = realm.admin("POST", "/api-tokens", """
                        {"client":"robot","name":"r","scopes":["read"]}""").json();
        JsonNode others = newToken("alice");
        assertTrue(isActive(token));
        String id = realm.admin("GET", "/clients?clientId=robot", null)
                .json()
                .path(0)
                .path("id")
                .asText();
        assertEquals(204, notBefore("/clients/" + id, "\"clientId\":\"robot\"", Instant.now()));
        assertFalse(isActive(token));
        awaitRevoked(token);
        assertTrue(isActive(others));
    }

    /** No event reports this; verification compares the times. The clean-up, which also revokes tokens, runs every second. */
    @Test
    void aNotBeforeTimeIsNotMissedHoweverItIsSet() {
        String user = realm.newUser("quiet");
        String reason = "";
        for (int trial = 0; trial < 20 && !reason.equals("logged_out"); trial++) {
            nextSecond();
            JsonNode token = newToken("quiet");
            assertTrue(isActive(token));
            Database.get()
                    .execute("update USER_ENTITY set NOT_BEFORE = "
                            + Instant.now().getEpochSecond() + " where ID = '" + user + "'");
            assertEquals(204, realm.admin("POST", "/clear-user-cache", "{}").status());
            assertFalse(isActive(token));
            JsonNode event = newest("INTROSPECT_TOKEN_ERROR");
            reason = event.path("details").path("reason").asText();
            awaitRevoked(token);
        }
        assertEquals("logged_out", reason, "before the clean-up");
    }

    @Test
    void anInvalidValueCountsAsSet() {
        String user = realm.newUser("unclear");
        JsonNode token = newToken("unclear");
        policy("maybe");
        try {
            realm.admin("POST", "/users/" + user + "/logout", "{}");
            assertFalse(isActive(token));
        } finally {
            policy("true");
        }
    }

    @Test
    void theVerificationOfACachedTokenCostsNoSql() {
        JsonNode token = newToken("alice");
        assertTrue(isActive(token));
        assertTrue(isActive(token));
        assertEquals(Work.NONE, Work.during(() -> assertTrue(isActive(token))));
    }

    private static JsonNode newToken(String user) {
        return realm.newToken(realm.signIn(user), "of " + user);
    }

    private static boolean isActive(JsonNode token) {
        return realm.isActive(token.path("token").asText());
    }

    private static String status(JsonNode token) {
        return realm.admin("GET", "/api-tokens/" + token.path("id").asText(), null)
                .json()
                .path("status")
                .asText();
    }

    private static void awaitRevoked(JsonNode token) {
        Awaitility.await("the token to be listed as revoked")
                .until(() -> status(token).equals("revoked"));
    }

    private static int notBefore(String path, String key, Instant time) {
        return realm.admin("PUT", path, "{" + key + ",\"notBefore\":" + time.getEpochSecond() + "}")
                .status();
    }

    private static JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }

    private static void nextSecond() {
        Waits.until(Instant.ofEpochSecond(Instant.now().getEpochSecond() + 1));
    }

    private static void policy(String value) {
        assertEquals(204, realm.admin("PUT", "", """
                        {"realm":"logout","attributes":{"apiTokens.allowedClients":"qa-hub-cli",
                         "apiTokens.revokeOnLogoutAll":"%s"}}""".formatted(value)).status());
    }
}
