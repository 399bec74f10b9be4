package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a token is active depends on its owner, its realm, its expiry and the calling client. */
class OwnersAndRealmsIT {
    private static final List<String> ENDPOINTS = List.of(OWN_ENDPOINT, STANDARD_ENDPOINT);
    private static final String INACTIVE = "{\"active\":false}";

    /** The time for which Keycloak has cached the client before its scopes change. */
    private static final Duration MORE_THAN_A_SECOND = Duration.ofMillis(1001);

    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("owners");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aDisabledOwnersTokenIsInactiveUntilTheOwnerIsEnabledAgain() {
        String id = realm.newUser("resting");
        String token = tokenOf("resting");
        assertActive(token);
        realm.admin("PUT", "/users/" + id, "{\"enabled\":false}");
        assertInactive(token);
        realm.admin("PUT", "/users/" + id, "{\"enabled\":true}");
        assertActive(token);
    }

    @Test
    void aDeletedOwnersTokensAreInactiveAndDeleted() {
        String id = realm.newUser("leaving");
        String used = tokenOf("leaving");
        String neverUsed = tokenOf("leaving");
        assertActive(used);
        assertEquals(2, Database.get().tokenRows("USER_ID", id));
        assertEquals(204, realm.admin("DELETE", "/users/" + id, null).status());
        assertInactive(used);
        assertInactive(neverUsed);
        assertEquals(0, Database.get().tokenRows("USER_ID", id));
    }

    @Test
    void theEndpointsOfADisabledRealmRejectRequestsUntilItIsEnabledAgain() {
        String token = tokenOf("alice");
        assertActive(token);
        realm.admin("PUT", "", "{\"enabled\":false}");
        for (String endpoint : ENDPOINTS) {
            Answer answer = realm.introspect(endpoint, token);
            assertEquals(403, answer.status(), answer.text());
            assertEquals("{\"error\":\"access_denied\",\"error_description\":\"Realm not enabled\"}", answer.text());
        }
        realm.admin("PUT", "", "{\"enabled\":true}");
        assertActive(token);
    }

    @Test
    void theTokensOfADeletedRealmAreDeleted() {
        Realm going = Realm.fresh("going");
        String id = going.id();
        String token = going.newToken(going.signIn("alice"), "t").path("token").asText();
        going.newToken(going.signIn("bob"), "t");
        assertTrue(going.isActive(token));
        assertEquals(2, Database.get().tokenRows("REALM_ID", id));
        going.delete();
        assertEquals(0, Database.get().tokenRows("REALM_ID", id));

        Realm again = Realm.fresh("going");
        assertFalse(again.isActive(token), "a new realm with the same name accepted the token");
        again.delete();
    }

    @Test
    void aTokenIsActiveASecondBeforeItsExpiryAndInactiveFromItsExpiry() {
        String alice = realm.signIn("alice");
        Instant expiry = Instant.now().plusSeconds(2);
        String token = realm.create(
                        alice, "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json()
                .path("token")
                .asText();
        assertActive(token);
        Waits.until(expiry.minusSeconds(1));
        assertActive(token);
        Waits.until(expiry);
        assertInactive(token);
    }

    @Test
    void aTokenIsInactiveInAnotherRealm() {
        String token = tokenOf("alice");
        assertActive(token);
        for (String endpoint : ENDPOINTS) {
            assertEquals(INACTIVE, QA_HUB.introspect(endpoint, token).text());
        }
        assertActive(token);
    }

    @Test
    void aClientCanVerifyTokensOnlyWhileItHasTheClientScope() {
        String token = tokenOf("alice");
        String scopes = "/clients/" + clientId("billing") + "/%s-client-scopes/" + scopeId();
        assertResultForBilling(false, token);
        JsonNode event = realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR&client=billing&max=1", null)
                .json()
                .path(0)
                .path("details");
        assertTrue(event.path("reason").asText().startsWith("assign the client scope api-tokens"), event.toString());
        for (String kind : List.of("default", "optional")) {
            String assignment = scopes.formatted(kind);
            assertEquals(204, realm.admin("PUT", assignment, "{}").status());
            assertResultForBilling(true, token);
            assertEquals(204, realm.admin("DELETE", assignment, null).status());
            assertResultForBilling(false, token);
        }
    }

    /** As above, for a client that Keycloak has cached for some time. */
    @ParameterizedTest
    @ValueSource(strings = {"default", "optional"})
    void aCachedClientCanVerifyTokensOnlyWhileItHasTheClientScope(String kind) {
        String token = tokenOf("alice");
        String assignment = "/clients/" + clientId("billing") + "/" + kind + "-client-scopes/" + scopeId();
        String scope = "/client-scopes/" + scopeId();
        assertEquals(204, realm.admin("PUT", assignment, "{}").status());
        assertBillingIsCached(token);
        rename(scope, "another");
        assertResultForBilling(false, token);
        rename(scope, "api-tokens");
        assertBillingIsCached(token);
        assertEquals(204, realm.admin("DELETE", assignment, null).status());
        assertResultForBilling(false, token);
        assertEquals(204, realm.admin("PUT", assignment, "{}").status());
        assertBillingIsCached(token);
        assertEquals(204, realm.admin("DELETE", assignment, null).status());
        assertResultForBilling(false, token);
    }

    private static void assertBillingIsCached(String token) {
        assertResultForBilling(true, token);
        Waits.until(Instant.now().plus(MORE_THAN_A_SECOND));
        assertResultForBilling(true, token);
    }

    private static void rename(String scope, String name) {
        String json = "{\"name\":\"%s\",\"protocol\":\"openid-connect\"}".formatted(name);
        assertEquals(204, realm.admin("PUT", scope, json).status());
    }

    private static String tokenOf(String user) {
        return realm.newToken(realm.signIn(user), "t").path("token").asText();
    }

    private static void assertActive(String token) {
        for (String endpoint : ENDPOINTS) {
            Answer answer = realm.introspect(endpoint, token);
            assertTrue(answer.json().path("active").asBoolean(), answer.text());
        }
    }

    private static void assertInactive(String token) {
        for (String endpoint : ENDPOINTS) {
            assertEquals(INACTIVE, realm.introspect(endpoint, token).text());
        }
    }

    private static void assertResultForBilling(boolean active, String token) {
        for (String endpoint : ENDPOINTS) {
            Answer answer = realm.call("POST", endpoint)
                    .basic("billing", "billing-secret")
                    .form(Map.of("token", token))
                    .send();
            assertEquals(active, answer.json().path("active").asBoolean(), answer.text());
            assertEquals(!active, answer.text().equals(INACTIVE));
        }
    }

    private static String clientId(String name) {
        return realm.admin("GET", "/clients?clientId=" + name, null)
                .json()
                .path(0)
                .path("id")
                .asText();
    }

    private static String scopeId() {
        for (JsonNode scope : realm.admin("GET", "/client-scopes", null).json()) {
            if (scope.path("name").asText().equals("api-tokens")) {
                return scope.path("id").asText();
            }
        }
        throw new AssertionError("the demo realm has no such client scope");
    }
}
