package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of another origin calls the owner's resource with the access token of its client. */
class CorsIT {
    private static final String APP = "https://app.example";
    private static final String CI = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static Realm realm;
    private final String alice = realm.signIn("alice", "spa");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("cross-origin");
        newPublicClient("spa", "");
        newPublicClient("short-lived", ",\"attributes\":{\"access.token.lifespan\":\"1\"}");
        newPublicClient("unlisted", "");
        realm.admin("PUT", "", "{\"realm\":\"cross-origin\",\"attributes\":{\"apiTokens.allowedClients\":\"spa\"}}");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/some-id", "/some-id/rotate", "/some-id/previous-secret", "/policy"})
    void aPreflightRequestIsAnswered(String path) {
        Answer answer = realm.call("OPTIONS", "/api-tokens" + path)
                .header("Origin", APP)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization, content-type")
                .send();
        assertEquals(200, answer.status(), answer.text());
        assertEquals(APP, answer.header("Access-Control-Allow-Origin"));
        assertTrue(list(answer, "Access-Control-Allow-Methods").containsAll(Set.of("get", "post", "patch", "delete")));
        assertTrue(list(answer, "Access-Control-Allow-Headers")
                .containsAll(Set.of("authorization", "content-type", "idempotency-key")));
    }

    @Test
    void aPageReadsTheResponseAndItsHeaders() {
        Answer created = call("POST", "", alice, CI);
        assertEquals(201, created.status(), created.text());
        assertReadable(created);
        Answer listed = call("GET", "", alice, null);
        assertEquals(200, listed.status());
        assertReadable(listed);
        Answer revoked = call("DELETE", "/" + created.json().path("id").asText(), alice, null);
        assertEquals(204, revoked.status());
        assertReadable(revoked);
    }

    @Test
    void aPageReadsErrors() {
        JsonNode token = realm.newToken(alice, "t");
        String one = "/" + token.path("id").asText();
        assertReadable(400, call("POST", "", alice, "{}"));
        assertReadable(403, call("POST", "", realm.signIn("alice", "unlisted"), CI));
        assertReadable(404, call("GET", "/some-id", alice, null));
        assertReadable(404, call("GET", "/some-id/more", alice, null));
        assertReadable(405, call("PUT", "", alice, CI));
        realm.revoke(alice, token.path("id").asText());
        assertReadable(409, call("POST", one + "/rotate", alice, null));
    }

    @Test
    void aPageReadsThatItsAccessTokenHasExpired() {
        String bearer = realm.signIn("alice", "short-lived");
        long expiry = AccessTokens.claims(bearer).path("exp").asLong();
        Waits.until(Instant.ofEpochSecond(expiry + 1));
        assertReadable(401, call("GET", "", bearer, null));
    }

    @Test
    void aPageReadsThatTheUserHasToSignInAgain() {
        Answer granted = realm.grant("spa", "alice");
        Answer refreshed = realm.call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "spa",
                        "refresh_token", granted.json().path("refresh_token").asText()))
                .send();
        Answer stale = call("POST", "", AccessTokens.accessToken(refreshed), CI);
        assertReadable(401, stale);
        assertTrue(stale.header("WWW-Authenticate").contains("max_age"));
    }

    @Test
    void aPageReadsThatTheAccountClientIsDisabled() {
        enableAccount(false);
        try {
            assertReadable(403, call("GET", "", alice, null));
        } finally {
            enableAccount(true);
        }
    }

    @Test
    void anotherOriginIsRefusedBeforeAnythingChanges() {
        JsonNode token = realm.newToken(alice, "t");
        for (String origin : List.of("https://evil.example", "null", APP + ".evil.example")) {
            Answer answer = realm.call(
                            "DELETE", "/api-tokens/" + token.path("id").asText())
                    .bearer(alice)
                    .header("Origin", origin)
                    .send();
            BadRequestIT.refused(answer, 403, "access_denied");
            assertNull(answer.header("Access-Control-Allow-Origin"));
        }
        assertTrue(realm.isActive(token.path("token").asText()));
    }

    @Test
    void keycloaksOwnOriginNeedsNoEntry() {
        Answer answer = realm.call("GET", "/api-tokens")
                .bearer(alice)
                .header("Origin", realm.server().url())
                .send();
        assertEquals(200, answer.status(), answer.text());
    }

    @Test
    void withoutAnAccessTokenOfTheRealmNoPageReadsTheResponse() {
        for (String bearer :
                List.of("x", Realm.QA_HUB.signIn("alice"), alice.substring(0, alice.length() - 9) + "AAAAAAAAA")) {
            Answer answer = call("GET", "", bearer, null);
            assertEquals(401, answer.status(), answer.text());
            assertNull(answer.header("Access-Control-Allow-Origin"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/introspect", "/self", "/revoke"})
    void endpointsForProgramsAnswerNoPreflightRequest(String path) {
        Answer answer = realm.call("OPTIONS", "/api-tokens" + path)
                .header("Origin", APP)
                .header("Access-Control-Request-Method", "POST")
                .send();
        assertEquals(405, answer.status());
        assertNull(answer.header("Access-Control-Allow-Origin"));
    }

    private static Answer call(String method, String path, String bearer, String json) {
        Http call = realm.call(method, "/api-tokens" + path).bearer(bearer).header("Origin", APP);
        return (json == null ? call : call.json(json)).send();
    }

    private static void assertReadable(int status, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertReadable(answer);
    }

    private static void assertReadable(Answer answer) {
        assertEquals(APP, answer.header("Access-Control-Allow-Origin"), answer.status() + " " + answer.text());
        assertEquals(
                Set.of("x-total-count", "location", "www-authenticate"), list(answer, "Access-Control-Expose-Headers"));
    }

    private static Set<String> list(Answer answer, String header) {
        return answer.response().headers().allValues(header).stream()
                .flatMap(line -> Arrays.stream(line.toLowerCase().split(",\\s*")))
                .collect(Collectors.toSet());
    }

    private static void newPublicClient(String name, String more) {
        Answer made = realm.admin("POST", "/clients", """
                        {"clientId":"%s","publicClient":true,"directAccessGrantsEnabled":true,
                         "webOrigins":["%s"]%s}""".formatted(name, APP, more));
        assertEquals(201, made.status(), made.text());
    }

    private static void enableAccount(boolean enabled) {
        String account = new Admins(realm).clientUuid("account");
        realm.admin("PUT", "/clients/" + account, "{\"clientId\":\"account\",\"enabled\":" + enabled + "}");
    }
}
