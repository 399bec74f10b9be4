package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The results that requests with API tokens must have on every stack; a subclass defines its stack and error responses. */
@Tag("interop")
@TestInstance(Lifecycle.PER_CLASS)
abstract class TokenStory {
    static final String CASES = "/api/v1/cases";

    /** The networks of the test itself. */
    static final String HERE = "\"127.0.0.0/8\",\"::1/128\"";

    /** A network for documentation (RFC 5737), from which no test calls. */
    static final String ELSEWHERE = "\"203.0.113.0/24\"";

    /** All addresses, but not an unknown one. */
    static final String EVERY_KNOWN_ADDRESS = "\"0.0.0.0/1\",\"128.0.0.0/1\",\"::/0\"";

    private static final String MADE_UP = "qh_abc123_" + "x".repeat(36);

    private final Relay keycloak = Relay.to(URI.create(QA_HUB.server().url()).getPort());
    private Service server;

    /** Starts the stack as described in its example. */
    abstract Service start();

    /** Returns the challenges that this stack sends. */
    abstract Challenges challenges();

    /** Returns the status with which this stack responds while Keycloak is unavailable. */
    abstract int statusWithoutKeycloak();

    /**
     * Patterns of {@code WWW-Authenticate}.
     *
     * @param noToken with a 401 response, if the request has no token
     * @param badToken with a 401 response, if the token is inactive
     * @param missingScope with a 403 response; null if the stack sends no challenge
     */
    record Challenges(String noToken, String badToken, String missingScope) {}

    @BeforeAll
    void startServer() {
        server = start();
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
        keycloak.close();
    }

    @Test
    void aReadTokenAllowsReadingOnly() {
        String token = newToken("read");
        assertEquals(200, get(token).status());
        assertRefused(403, challenges().missingScope(), post(token));
        assertRefused(403, challenges().missingScope(), change("PATCH", "/1", token));
        assertRefused(403, challenges().missingScope(), change("DELETE", "/1", token));
    }

    @Test
    void aWriteTokenAllowsWritingOnly() {
        String token = newToken("write");
        Answer made = post(token);
        assertEquals(201, made.status(), made.text());
        String path = "/" + made.json().path("id").asText();
        assertEquals(200, change("PATCH", path, token).status());
        assertEquals(204, change("DELETE", path, token).status());
        assertRefused(403, challenges().missingScope(), get(token));
    }

    @Test
    void aTokenWithBothScopesAllowsBoth() {
        String token = newToken("read\",\"write");
        assertEquals(200, get(token).status());
        assertEquals(201, post(token).status());
    }

    @Test
    void aRevokedTokenIsRejectedOnTheNextRequest() {
        String alice = QA_HUB.signIn("alice");
        for (int i = 0; i < 5; i++) {
            JsonNode token = QA_HUB.newToken(alice, "revoked soon");
            String secret = token.path("token").asText();
            assertEquals(200, get(secret).status());
            assertEquals(204, QA_HUB.revoke(alice, token.path("id").asText()).status());
            assertRefused(401, challenges().badToken(), get(secret));
        }
    }

    @Test
    void anAccessTokenOfKeycloakIsAcceptedToo() {
        String reader = accessToken("read");
        assertEquals(200, get(reader).status());
        assertRefused(403, challenges().missingScope(), post(reader));
        assertEquals(201, post(accessToken("write")).status());
        assertRefused(403, challenges().missingScope(), get(accessToken("write")));
    }

    @Test
    void anAccessTokenForAnotherAudienceIsRejected() {
        assertRefused(401, challenges().badToken(), get(accessToken("profile")));
    }

    /** Token exchange (RFC 8693). */
    @Test
    void anExchangedAccessTokenAllowsNoMoreAndBecomesInactiveWithItsApiToken() {
        String alice = QA_HUB.signIn("alice");
        JsonNode token = QA_HUB.create(alice, "{\"name\":\"exchanged\",\"scopes\":[\"read\"]}")
                .json();
        String jwt = exchange(token.path("token").asText());
        assertEquals(200, get(jwt).status());
        assertRefused(403, challenges().missingScope(), post(jwt));
        assertRefused(403, challenges().missingScope(), change("DELETE", "/1", jwt));
        assertEquals(204, QA_HUB.revoke(alice, token.path("id").asText()).status());
        assertRefused(401, challenges().badToken(), get(jwt));
    }

    @Test
    void aMissingOrInvalidTokenIsChallenged() {
        assertRefused(401, challenges().noToken(), call("GET", "").send());
        assertRefused(
                401,
                challenges().noToken(),
                call("POST", "").json("{\"title\":\"t\"}").send());
        assertRefused(401, challenges().badToken(), get(MADE_UP));
        assertRefused(401, challenges().badToken(), get("eyJhbGciOiJub25lIn0.e30."));
    }

    @Test
    void aTokenInTheQueryStringIsIgnored() {
        String query = "?access_token=" + newToken("read");
        assertRefused(401, challenges().noToken(), call("GET", query).send());
    }

    @Test
    void requestsAreRejectedWhileKeycloakIsUnavailable() {
        String token = newToken("read");
        assertEquals(200, get(token).status());
        keycloak.cut();
        try {
            assertEquals(statusWithoutKeycloak(), get(token).status());
            assertEquals(statusWithoutKeycloak(), get(MADE_UP).status());
        } finally {
            keycloak.restore();
        }
        assertEquals(200, get(token).status());
    }

    /** Returns the host and port at which the stack reaches Keycloak. */
    final String keycloakAddress() {
        return keycloak.address();
    }

    /** Returns the environment variables of a resource server. */
    final Map<String, String> environment(int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", String.valueOf(port));
        environment.put("REALM_URL", "http://" + keycloak.address() + QA_HUB.path(""));
        environment.put("CLIENT_ID", "qa-hub-api");
        environment.put("CLIENT_SECRET", "qa-hub-api-secret");
        return environment;
    }

    /** Signs Alice in with her password; returns an access token (JWT) with a scope of the QA Hub API. */
    final String accessToken(String scope) {
        return Http.at("POST", environment(0).get("REALM_URL") + "/protocol/openid-connect/token")
                .form("grant_type=password&client_id=qa-hub-cli&username=alice&password=alice&scope=" + scope)
                .send()
                .json()
                .path("access_token")
                .asText();
    }

    private String exchange(String token) {
        return Http.at("POST", environment(0).get("REALM_URL") + "/protocol/openid-connect/token")
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token", token,
                        "subject_token_type", "urn:qahub:params:oauth:token-type:api-token"))
                .send()
                .json()
                .path("access_token")
                .asText();
    }

    final Http call(String method, String rest) {
        return server.call(method, CASES + rest);
    }

    final Answer get(String token) {
        return call("GET", "").bearer(token).send();
    }

    final Answer post(String token) {
        return change("POST", "", token);
    }

    private Answer change(String method, String rest, String token) {
        return call(method, rest).bearer(token).json("{\"title\":\"t\"}").send();
    }

    static String newToken(String scopes) {
        return QA_HUB.create(QA_HUB.signIn("alice"), "{\"name\":\"interop\",\"scopes\":[\"" + scopes + "\"]}")
                .json()
                .path("token")
                .asText();
    }

    /**
     * Returns a token that can be used from some networks only.
     *
     * @param networks JSON strings, separated by commas
     */
    static String newToken(String scope, String networks) {
        String json = "{\"name\":\"interop\",\"scopes\":[\"%s\"],\"allowedNetworks\":[%s]}";
        Answer made = QA_HUB.create(QA_HUB.signIn("alice"), json.formatted(scope, networks));
        assertEquals(201, made.status(), made.text());
        return made.json().path("token").asText();
    }

    static void assertRefused(int status, String challenge, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        String header = answer.header("WWW-Authenticate");
        assertTrue(challenge == null ? header == null : header != null && header.matches(challenge), header);
    }
}
