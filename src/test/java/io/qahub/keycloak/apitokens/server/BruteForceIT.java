package io.qahub.keycloak.apitokens.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** API tokens and Keycloak's lockout after wrong passwords. */
class BruteForceIT {
    private static final String CLIENT = "qa-hub-legacy";

    /** Keycloak distinguishes authenticators for failures since 26.6, and for successes since 26.7. */
    private static final boolean IS_COUNTED = Build.keycloakVersion().matches("26\\.[45]\\..*");

    private static final boolean ENDS_LOCKOUT = Build.keycloakVersion().matches("26\\.[456]\\..*");

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
            // Some with the prefix of an existing token; each costs one bcrypt operation.
            String wrong = MadeUpTokens.withPrefix(i % 100 == 0 ? token.substring(3, 9) : "000000");
            assertEquals(400, tokens.signIn(CLIENT, "alice", wrong).status());
        }
        JsonNode status = status("alice");
        assertEquals(0, status.path("numFailures").asInt(), status.toString());
        assertEquals(200, realm.grant("qa-hub-cli", "alice").status());
        assertEquals(200, tokens.signIn(CLIENT, "alice", token).status());
    }

    /** Otherwise, anyone who knows a username could block that user's programs. */
    @Test
    void aTemporaryLockoutDoesNotAffectTokensAndATokenDoesNotEndIt() {
        String token = realm.newToken(realm.signIn("bob"), "t").path("token").asText();
        failUntilLockedOut("bob");
        assertNotEquals(200, password("bob", "bob"));
        assertEquals(200, tokens.signIn(CLIENT, "bob", token).status());
        assertEquals(200, tokens.exchange(token).status());
        assertEquals(200, Gateway.asks(realm, "GET", "", token).send().status());
        if (ENDS_LOCKOUT) {
            await("the end of the lockout").until(() -> password("bob", "bob") == 200);
        } else {
            assertNotEquals(200, password("bob", "bob"));
            assertEquals(true, status("bob").path("disabled").asBoolean());
        }
    }

    /** In a flow that identifies the user first, like Keycloak's own, Keycloak knows which user to count failures for. */
    @Test
    void wrongTokensDoNotCountEvenIfTheFlowIdentifiesTheUserFirst() {
        String flow = realm.admin("POST", "/authentication/flows", """
                        {"alias":"username first","providerId":"basic-flow","topLevel":true,"builtIn":false}""").header("Location");
        for (String each : List.of("direct-grant-validate-username", "api-token-authenticator")) {
            realm.admin(
                    "POST",
                    "/authentication/flows/username%20first/executions/execution",
                    "{\"provider\":\"" + each + "\"}");
        }
        for (JsonNode each : realm.admin("GET", "/authentication/flows/username%20first/executions", null)
                .json()) {
            String json = ((ObjectNode) each).put("requirement", "REQUIRED").toString();
            realm.admin("PUT", "/authentication/flows/username%20first/executions", json);
        }
        tokens.newClient("careful", """
                "fullScopeAllowed":false,"defaultClientScopes":["api-tokens"],"directAccessGrantsEnabled":true,
                "attributes":{"use.refresh.tokens":"false"},"authenticationFlowBindingOverrides":{"direct_grant":"%s"}""".formatted(flow.substring(flow.lastIndexOf('/') + 1)));
        realm.newUser("dave");
        String token = realm.newToken(realm.signIn("dave"), "t").path("token").asText();
        String others = realm.newToken(realm.signIn("alice"), "t").path("token").asText();
        for (int i = 0; i < 5; i++) {
            for (String wrong : List.of(MadeUpTokens.withPrefix("000000"), others)) {
                assertNotEquals(200, tokens.signIn("careful", "dave", wrong).status());
            }
        }
        assertEquals(IS_COUNTED, status("dave").path("numFailures").asInt() > 0);
        assertEquals(
                IS_COUNTED ? 401 : 200, tokens.signIn("careful", "dave", token).status());
    }

    /** A permanent lockout disables the user. */
    @Test
    void aPermanentLockoutDisablesTokens() {
        realm.newUser("erin");
        String token = realm.newToken(realm.signIn("erin"), "t").path("token").asText();
        realm.admin("PUT", "", "{\"permanentLockout\":true,\"maxTemporaryLockouts\":0}");
        failUntilLockedOut("erin");
        assertEquals(400, tokens.signIn(CLIENT, "erin", token).status());
        assertFalse(realm.isActive(token));
        realm.admin("PUT", "", "{\"permanentLockout\":false}");
    }

    /** Keycloak counts in the background and may miss one of two simultaneous failures, so failures are sent with pauses. */
    private static void failUntilLockedOut(String user) {
        await(user + " to be locked out")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    assertNotEquals(200, password(user, "wrong"));
                    return status(user).path("disabled").asBoolean();
                });
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
