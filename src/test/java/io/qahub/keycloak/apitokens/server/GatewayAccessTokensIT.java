package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keycloak's own access tokens (JWT) at the gateway endpoint. */
class GatewayAccessTokensIT {
    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("gateway-jwt");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["INTROSPECT_TOKEN","INTROSPECT_TOKEN_ERROR"]}""");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void theScopesOfAnAccessTokenAreEnforced() {
        String read = grant("alice", "read").path("access_token").asText();
        String write = grant("alice", "write").path("access_token").asText();
        String both = grant("alice", "read write openid").path("access_token").asText();
        for (String method : List.of("GET", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "FROB")) {
            boolean reads = method.equals("GET") || method.equals("OPTIONS");
            boolean known = !method.equals("FROB");
            assertEquals(reads ? 200 : 403, ask(method, read).status(), method);
            assertEquals(known && !reads ? 200 : 403, ask(method, write).status(), method);
            assertEquals(known ? 200 : 403, ask(method, both).status(), method);
        }
        Answer lacking = ask("DELETE", read);
        assertTrue(lacking.header("WWW-Authenticate")
                .endsWith("error=\"insufficient_scope\","
                        + " error_description=\"The token has no scope that allows this request."
                        + " The required scope is in the WWW-Authenticate header.\", scope=\"write\""));
        JsonNode event = newest("INTROSPECT_TOKEN_ERROR");
        assertEquals(
                "the scope write is required",
                event.path("details").path("reason").asText());
        assertEquals(realm.userId("alice"), event.path("userId").asText());
    }

    @Test
    void theResponseContainsTheUserAndAnEmptyPrefix() {
        long before = count("INTROSPECT_TOKEN");
        Answer answer = ask("GET", grant("alice", "read").path("access_token").asText());
        assertEquals("alice", answer.header("X-Auth-User"));
        assertEquals(realm.userId("alice"), answer.header("X-Auth-User-Id"));
        assertEquals("read", answer.header("X-Auth-Scopes"));
        assertEquals("", answer.header("X-Auth-Token-Prefix"));
        assertEquals("no-store", answer.header("Cache-Control"));
        assertEquals(before + 1, count("INTROSPECT_TOKEN"));
        JsonNode event = newest("INTROSPECT_TOKEN");
        assertEquals("gateway", event.path("details").path("endpoint").asText());
        assertEquals("qa-hub-api", event.path("clientId").asText());
    }

    @Test
    void anAccessTokenThatIsInvalidForTheGatewayIsRejected() {
        JsonNode grant = grant("alice", "read openid");
        String jwt = grant.path("access_token").asText();
        assertEquals(200, ask("GET", jwt).status());
        String[] parts = jwt.split("\\.", -1);
        List<String> bad = new ArrayList<>(List.of(
                grant("alice", "profile").path("access_token").asText(), // no audience
                grant.path("refresh_token").asText(),
                grant.path("id_token").asText(),
                grant.path("id_token").asText() + "." + parts[1],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + parts[2].substring(4),
                encode("{\"alg\":\"none\"}") + "." + parts[1] + ".",
                encode("{\"alg\":\"FROB\"}") + "." + parts[1] + "." + parts[2],
                encode("{}") + "." + parts[1] + "." + parts[2],
                "..",
                "a.b.c",
                "qh_.."));
        bad.add(Realm.QA_HUB
                .call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "qa-hub-cli",
                        "username",
                        "alice",
                        "password",
                        "alice",
                        "scope",
                        "read"))
                .send()
                .json()
                .path("access_token")
                .asText());
        for (String each : bad) {
            assertRefused(ask("GET", each));
        }
    }

    /** The ID token is issued to the gateway's own client. */
    @Test
    void anIdTokenIsRejected() {
        JsonNode grant = realm.call("POST", "/protocol/openid-connect/token")
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("grant_type", "password", "username", "alice", "password", "alice", "scope", "openid"))
                .send()
                .json();
        assertEquals(403, ask("GET", grant.path("access_token").asText()).status(), "no scope read");
        assertRefused(ask("GET", grant.path("id_token").asText()));
    }

    @Test
    void accessTokensAreRejectedAfterTheUserSignsOutOrIsDisabled() {
        String carol = realm.newUser("carol");
        String jwt = grant("carol", "read").path("access_token").asText();
        assertEquals(200, ask("GET", jwt).status());
        realm.admin("POST", "/users/" + carol + "/logout", null);
        assertRefused(ask("GET", jwt));
        jwt = grant("carol", "read").path("access_token").asText();
        realm.admin("PUT", "/users/" + carol, "{\"enabled\":false}");
        assertRefused(ask("GET", jwt));
    }

    /** Older releases of Keycloak, and clients that are configured so, also introspect tokens for other audiences. */
    @Test
    void anAccessTokenForAnotherAudienceIsRejectedEvenIfTheClientMayIntrospectIt() {
        new AccessTokens(realm).newClient("curious", """
                "fullScopeAllowed":false,"defaultClientScopes":["api-tokens"],
                "attributes":{"allow.token.introspection.without.audience.check":"true"}""");
        String jwt = grant("alice", "read").path("access_token").asText();
        Answer introspected = realm.call("POST", Realm.STANDARD_ENDPOINT)
                .basic("curious", "curious-secret")
                .form(Map.of("token", jwt))
                .send();
        assertTrue(introspected.json().path("active").asBoolean(), introspected.text());
        assertRefused(realm.call("GET", "/api-tokens/authorize")
                .header(Gateway.CALLER, Gateway.credentials("curious", "curious-secret"))
                .bearer(jwt)
                .send());
    }

    /** The endpoint cannot check the proof of possession (RFC 9449, RFC 8705). */
    @Test
    void anAccessTokenThatIsBoundToAKeyIsRejected() {
        new AccessTokens(realm).newClient("bound", """
                "directAccessGrantsEnabled":true,"optionalClientScopes":["read"],"protocolMappers":[
                 {"name":"cnf","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                  "config":{"claim.name":"cnf","jsonType.label":"JSON","access.token.claim":"true",
                            "claim.value":"{\\"jkt\\":\\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\\"}"}}]""");
        Answer grant = new AccessTokens(realm)
                .post(
                        "bound",
                        new HashMap<>(Map.of(
                                "grant_type", "password", "username", "bob", "password", "bob", "scope", "read")));
        String jwt = AccessTokens.accessToken(grant);
        assertTrue(AccessTokens.claims(jwt).path("cnf").has("jkt"), grant.text());
        assertTrue(realm.introspect(Realm.STANDARD_ENDPOINT, jwt)
                .json()
                .path("active")
                .asBoolean());
        assertRefused(ask("GET", jwt));
        assertEquals(
                "the access token is bound to a key or certificate",
                newest("INTROSPECT_TOKEN_ERROR").path("details").path("reason").asText());
    }

    private static JsonNode grant(String user, String scope) {
        return realm.call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "qa-hub-cli",
                        "username",
                        user,
                        "password",
                        user,
                        "scope",
                        scope))
                .send()
                .json();
    }

    private static Answer ask(String method, String token) {
        return Gateway.asks(realm, "GET", "/api/v1/cases", token)
                .header("X-Original-Method", method)
                .send();
    }

    private static void assertRefused(Answer answer) {
        assertEquals(401, answer.status(), answer.text());
        assertTrue(
                answer.header("WWW-Authenticate").startsWith("Bearer realm=\"gateway-jwt\", error=\"invalid_token\""));
        assertNull(answer.header("X-Auth-User"));
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static long count(String type) {
        return realm.admin("GET", "/events?max=10000&type=" + type, null).json().size();
    }

    private static JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }
}
