package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** API tokens and Keycloak's lock-out after wrong passwords. */
class BruteForceIT {
    private static final String CLIENT = "qa-hub-legacy";
    private static Realm realm;
    private static AccessTokens tokens;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("brute-force");
        realm.admin("PUT", "", """
                {"bruteForceProtected":true,"failureFactor":3,"waitIncrementSeconds":600,"maxFailureWaitSeconds":600,
                 "quickLoginCheckMilliSeconds":0,"permanentLockout":false}""");
        realm.admin("PUT", "/events/config", "{\"eventsEnabled\":false}");
        tokens = new AccessTokens(realm);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aThousandWrongTokensDoNotLockTheirOwnerOut() {
        String token = realm.newToken(realm.signIn("alice"), "t").path("token").asText();
        for (int i = 0; i < 1000; i++) {
            // A few under the prefix of a real token; a bcrypt each.
            String wrong = MadeUpTokens.withPrefix(i % 100 == 0 ? token.substring(3, 9) : "000000");
            assertEquals(400, tokens.signIn(CLIENT, "alice", wrong).status());
        }
        JsonNode status = status("alice");
        assertEquals(0, status.path("numFailures").asInt(), status.toString());
        assertEquals(200, realm.grant("qa-hub-cli", "alice").status());
        assertEquals(200, tokens.signIn(CLIENT, "alice", token).status());
    }

    /** Or whoever knows a username could stop that user's programs. */
    @Test
    void aLockOutDoesNotStopTokensAndATokenDoesNotEndIt() throws InterruptedException {
        String token = realm.newToken(realm.signIn("bob"), "t").path("token").asText();
        for (int i = 0; i < 3; i++) {
            assertNotEquals(200, password("bob", "wrong"));
        }
        while (!status("bob").path("disabled").asBoolean()) {
            Thread.sleep(50); // Keycloak counts in the background
        }
        assertNotEquals(200, password("bob", "bob"));
        assertEquals(200, tokens.signIn(CLIENT, "bob", token).status());
        assertEquals(200, tokens.exchange(token).status());
        assertEquals(200, Gateway.asks(realm, "GET", "", token).send().status());
        assertNotEquals(200, password("bob", "bob"));
        assertEquals(true, status("bob").path("disabled").asBoolean());
    }

    private static int password(String user, String password) {
        return realm.call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type", "password", "client_id", "qa-hub-cli", "username", user, "password", password))
                .send()
                .status();
    }

    private static JsonNode status(String user) {
        String id = realm.admin("GET", "/users?exact=true&username=" + user, null)
                .json()
                .path(0)
                .path("id")
                .asText();
        return realm.admin("GET", "/attack-detection/brute-force/users/" + id, null)
                .json();
    }
}
