package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway endpoint: the scope that each method requires, and the headers that specify the method. */
class GatewayMethodsIT {
    private static final List<String> READ = List.of("GET", "HEAD", "OPTIONS");
    private static final List<String> WRITE = List.of("POST", "PUT", "PATCH", "DELETE");
    private static final List<String> NEVER = List.of("TRACE", "CONNECT", "FROB");
    private static final List<String> HEADERS = List.of("X-Original-Method", "X-Forwarded-Method");
    private static String read;
    private static String write;
    private static String both;

    @BeforeAll
    static void createTokens() {
        String alice = QA_HUB.signIn("alice");
        read = create(alice, "\"read\"");
        write = create(alice, "\"write\"");
        both = create(alice, "\"read\",\"write\"");
    }

    /** All nine methods and an invented one, with every token, in either header and as the method of the call. */
    @TestFactory
    Stream<DynamicTest> scopeAndMethodDetermineTheResponse() {
        return Stream.of(READ, WRITE, NEVER)
                .flatMap(List::stream)
                .map(method -> DynamicTest.dynamicTest(method, () -> {
                    assertDecision(READ.contains(method), read, method);
                    assertDecision(WRITE.contains(method), write, method);
                    assertDecision(!NEVER.contains(method), both, method);
                }));
    }

    private static void assertDecision(boolean allowed, String token, String method) {
        int expected = allowed ? 200 : 403;
        for (String header : HEADERS) {
            Answer answer = Gateway.asks(QA_HUB, "GET", "/api/v1/cases", token)
                    .header(header, method)
                    .send();
            assertEquals(expected, answer.status(), header);
        }
        if (!method.equals("CONNECT")) {
            assertEquals(
                    expected,
                    Gateway.asks(QA_HUB, method, "/api/v1/cases", token).send().status(),
                    "own");
        }
    }

    /** Java's HTTP client does not support this method. */
    @Test
    void connectIsDenied() throws IOException {
        URI server = URI.create(Keycloak.get().url());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            String request = """
                    CONNECT %s HTTP/1.1
                    Host: %s:%d
                    Authorization: Bearer %s
                    X-Api-Tokens-Client: %s
                    Connection: close

                    """.formatted(
                            QA_HUB.path("/api-tokens/authorize"),
                            server.getHost(),
                            server.getPort(),
                            both,
                            Gateway.CREDENTIALS);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Post", "GET, POST", "GET POST", "DELETE\\", "%47ET", "*", ""})
    void anUnknownMethodIsDenied(String method) {
        for (String header : HEADERS) {
            Answer answer =
                    Gateway.asks(QA_HUB, "GET", "", both).header(header, method).send();
            assertNotEquals(200, answer.status(), header + answer.text());
        }
    }

    @Test
    void methodHeadersThatContradictEachOtherAreDenied() {
        assertDenied(ask("GET", "X-Original-Method: GET", "X-Forwarded-Method: DELETE"));
        assertDenied(ask("GET", "X-Original-Method: GET", "X-Original-Method: DELETE"));
        assertDenied(ask("GET", "X-Original-Method: GET", "X-Original-Method: GET"));
        assertDenied(ask("GET", "X-Forwarded-Method: POST", "X-Forwarded-Method: POST"));
        assertEquals(
                200,
                ask("GET", "X-Original-Method: POST", "X-Forwarded-Method: POST")
                        .status());
    }

    /** Envoy uses the method of the original request and may forward the client's headers. */
    @Test
    void aHeaderCannotReplaceTheMethodOfTheCall() {
        for (String own : List.of("DELETE", "POST", "PUT", "PATCH", "OPTIONS")) {
            for (String header : HEADERS) {
                assertDenied(ask(own, header + ": GET"));
            }
        }
        assertEquals(200, ask("DELETE", "X-Original-Method: DELETE").status());
    }

    /** An API behind the gateway may apply the override. */
    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void anOverridingMethodAlsoRequiresItsScope(String header) {
        assertEquals(403, override(read, "GET", header + ": DELETE").status());
        assertEquals(403, override(write, "POST", header + ": GET").status());
        assertEquals(200, override(write, "POST", header + ": PATCH").status());
        assertEquals(200, override(both, "GET", header + ": DELETE").status());
        assertEquals(403, override(both, "POST", header + ": FROB").status());
        assertEquals(
                403,
                override(read, "GET", header + ": GET", header + ": DELETE").status());
    }

    @Test
    void theChallengeContainsTheMissingScope() {
        Answer answer = Gateway.asks(QA_HUB, "GET", "", read)
                .header("X-Original-Method", "DELETE")
                .send();
        assertEquals(
                "Bearer realm=\"qa-hub\", error=\"insufficient_scope\", error_description=\"The token has no scope that allows this request."
                        + " The required scope is in the WWW-Authenticate header.\","
                        + " scope=\"write\"",
                answer.header("WWW-Authenticate"));
        assertEquals("insufficient_scope", answer.json().path("error").asText());
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    private static Answer ask(String own, String... headers) {
        return send(Gateway.asks(QA_HUB, own, "", both), headers);
    }

    private static Answer override(String token, String method, String... headers) {
        return send(Gateway.asks(QA_HUB, "GET", "", token).header("X-Original-Method", method), headers);
    }

    private static Answer send(Http call, String... headers) {
        for (String header : headers) {
            String[] pair = header.split(": ", 2);
            call.header(pair[0], pair[1]);
        }
        return call.send();
    }

    private static void assertDenied(Answer answer) {
        assertAll(
                () -> assertEquals(403, answer.status()),
                () -> assertTrue(answer.header("WWW-Authenticate").contains("error=\"invalid_request\"")));
    }

    private static String create(String bearer, String scopes) {
        return QA_HUB.create(bearer, "{\"name\":\"gateway\",\"scopes\":[" + scopes + "]}")
                .json()
                .path("token")
                .asText();
    }

    /** Nginx drops inherited headers if a location sets one; the call must not count as GET then. */
    @Test
    void aMissingMethodHeaderIsDeniedWhereItIsRequired() {
        String query = "?requireMethodHeader=true";
        assertEquals(403, Gateway.asks(QA_HUB, "GET", query, both).send().status());
        for (String header : HEADERS) {
            assertEquals(
                    200,
                    Gateway.asks(QA_HUB, "GET", query, read)
                            .header(header, "GET")
                            .send()
                            .status());
            assertEquals(
                    403,
                    Gateway.asks(QA_HUB, "GET", query, read)
                            .header(header, "DELETE")
                            .send()
                            .status());
        }
    }
}
