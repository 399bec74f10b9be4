package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What must become of requests with API tokens, whoever guards the API; a subclass says who, and how it puts its refusals. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TokenStory {
    static final String CASES = "/api/v1/cases";
    private static final String MADE_UP = "qh_abc123_" + "x".repeat(36);

    private Service server;

    /** Starts the guard as its example says. */
    abstract Service start();

    /** How this stack puts its refusals. */
    abstract Challenges challenges();

    /**
     * Patterns of {@code WWW-Authenticate}.
     *
     * @param noToken at a 401 without a token
     * @param badToken at a 401 with a bad one
     * @param missingScope at a 403; null where the stack gives no challenge
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
    }

    @Test
    void aReadTokenReadsAndDoesNotWrite() {
        String token = newToken("read");
        assertEquals(200, get(token).status());
        assertRefused(403, challenges().missingScope(), post(token));
        assertRefused(403, challenges().missingScope(), change("PATCH", "/1", token));
        assertRefused(403, challenges().missingScope(), change("DELETE", "/1", token));
    }

    @Test
    void aWriteTokenWritesAndDoesNotRead() {
        String token = newToken("write");
        Answer made = post(token);
        assertEquals(201, made.status(), made.text());
        String path = "/" + made.json().path("id").asText();
        assertEquals(200, change("PATCH", path, token).status());
        assertEquals(204, change("DELETE", path, token).status());
        assertRefused(403, challenges().missingScope(), get(token));
    }

    @Test
    void aTokenWithBothScopesDoesBoth() {
        String token = newToken("read\",\"write");
        assertEquals(200, get(token).status());
        assertEquals(201, post(token).status());
    }

    @Test
    void aRevokedTokenIsRefusedOnTheVeryNextRequest() {
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
    void whoeverSendsNoTokenOrAWrongOneIsAskedForAGoodOne() {
        assertRefused(401, challenges().noToken(), call("GET", "").send());
        assertRefused(
                401,
                challenges().noToken(),
                call("POST", "").json("{\"title\":\"t\"}").send());
        assertRefused(401, challenges().badToken(), get(MADE_UP));
        assertRefused(401, challenges().badToken(), get("eyJhbGciOiJub25lIn0.e30."));
    }

    @Test
    void aTokenInTheQueryStringIsNotRead() {
        String query = "?access_token=" + newToken("read");
        assertRefused(401, challenges().noToken(), call("GET", query).send());
    }

    final Service server() {
        return server;
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

    static void assertRefused(int status, String challenge, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        String header = answer.header("WWW-Authenticate");
        assertTrue(challenge == null ? header == null : header != null && header.matches(challenge), header);
    }
}
