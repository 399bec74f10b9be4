package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.FreePort;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Realm;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An MCP server and an MCP client with the npm package @modelcontextprotocol/sdk: {@code examples/mcp}. */
@Tag("interop")
class McpIT {
    private static final int PORT = FreePort.find();
    private static final String URL = "http://localhost:" + PORT + "/mcp";
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},
             "clientInfo":{"name":"test","version":"1"}}}""";

    private static Realm realm;
    private static Relay keycloak;
    private static Service server;

    @BeforeAll
    static void startServer() {
        realm = Realm.fresh("mcp");
        ClientScopes scopes = new ClientScopes(realm);
        scopes.newResourceServer("cases-mcp");
        JsonNode client =
                realm.admin("GET", "/clients/" + scopes.uuid("cases-mcp"), null).json();
        ((ObjectNode) client.path("attributes")).put("apiTokens.maxExpSeconds", "300");
        assertEquals(
                204,
                realm.admin("PUT", "/clients/" + scopes.uuid("cases-mcp"), client.toString())
                        .status());
        for (String name : List.of("cases:read", "cases:write")) {
            String id = scopes.create(
                    name,
                    "\"apiTokens.grantable\":\"true\",\"include.in.token.scope\":\"true\"",
                    "[" + audience("included.custom.audience", URL) + ","
                            + audience("included.client.audience", "cases-mcp") + "]");
            scopes.assign("cases-mcp", id, "optional");
            scopes.assign("qa-hub-cli", id, "optional");
        }
        keycloak = Relay.to(URI.create(realm.server().url()).getPort());
        Examples.npmCi("mcp");
        server = Service.start(
                PORT,
                Examples.workDirectory("mcp"),
                Map.of(
                        "PORT",
                        String.valueOf(PORT),
                        "REALM_URL",
                        "http://" + keycloak.address() + realm.path(""),
                        "CLIENT_SECRET",
                        "cases-mcp-secret"),
                List.of("node", program("server.mjs")));
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
        keycloak.close();
        realm.delete();
    }

    @Test
    void aClientCallsToolsWithAnApiToken() {
        String token = newToken("\"cases:read\",\"cases:write\"");
        assertEquals("Result: Added", client(token, "add_case", "{\"title\":\"Sign in\"}"));
        assertEquals("Result: [{\"title\":\"Sign in\",\"author\":\"alice\"}]", client(token, "list_cases"));
    }

    @Test
    void aToolRequiresItsScope() {
        String token = newToken("\"cases:read\"");
        assertEquals(
                "Error: The scope cases:write is required", client(token, "add_case", "{\"title\":\"Not allowed\"}"));
        assertFalse(client(token, "list_cases").contains("Not allowed"));
    }

    @Test
    void aClientCallsToolsWithAnAccessToken() {
        assertTrue(client(accessToken("cases:read"), "list_cases").startsWith("Result: ["));
        assertRefused(401, "invalid_token", accessToken("read"));
    }

    @Test
    void aClientWithoutATokenFindsTheAuthorizationServer() throws IOException {
        Answer answer = initialize(null);
        assertEquals(401, answer.status());
        assertTrue(
                answer.header("WWW-Authenticate")
                        .endsWith("resource_metadata=\"http://localhost:" + PORT
                                + "/.well-known/oauth-protected-resource/mcp\""),
                answer.header("WWW-Authenticate"));
        JsonNode metadata = new ObjectMapper().readTree(run(Map.of("MCP_URL", URL), List.of()));
        assertEquals(URL, metadata.path("resource").asText());
        assertEquals(
                "http://" + keycloak.address() + realm.path(""),
                metadata.at("/authorization_servers/0").asText());
        assertEquals(
                "[\"cases:read\",\"cases:write\"]",
                metadata.path("scopes_supported").toString());
    }

    @ParameterizedTest
    @CsvSource({"read,401,invalid_token", "write,401,invalid_token", "cases:write,403,insufficient_scope"})
    void aTokenWithoutTheAudienceOrTheScopeIsRejected(String scope, int status, String error) {
        assertRefused(status, error, newToken('"' + scope + '"'));
    }

    @Test
    void aRevokedTokenIsRejectedOnTheNextRequest() {
        String alice = realm.signIn("alice");
        JsonNode token = realm.create(alice, "{\"name\":\"revoked soon\",\"scopes\":[\"cases:read\"]}")
                .json();
        assertEquals(200, initialize(token.path("token").asText()).status());
        realm.revoke(alice, token.path("id").asText());
        assertRefused(401, "invalid_token", token.path("token").asText());
    }

    @Test
    void requestsAreRejectedWhileKeycloakIsUnavailable() {
        String token = newToken("\"cases:read\"");
        keycloak.cut();
        try {
            assertEquals(500, initialize(token).status());
        } finally {
            keycloak.restore();
        }
        assertEquals(200, initialize(token).status());
    }

    private static void assertRefused(int status, String error, String token) {
        Answer answer = initialize(token);
        assertEquals(status, answer.status(), answer.text());
        assertTrue(
                answer.header("WWW-Authenticate").startsWith("Bearer error=\"" + error + "\""),
                answer.header("WWW-Authenticate"));
    }

    private static Answer initialize(String token) {
        Http call = server.call("POST", "/mcp").header("Accept", "application/json, text/event-stream");
        return (token == null ? call : call.bearer(token)).json(INITIALIZE).send();
    }

    private static String client(String token, String... arguments) {
        return run(Map.of("MCP_URL", URL, "TOKEN", token), List.of(arguments)).strip();
    }

    private static String run(Map<String, String> environment, List<String> arguments) {
        return Commands.run(
                Examples.workDirectory("mcp"),
                environment,
                Stream.concat(Stream.of("node", program("client.mjs")), arguments.stream())
                        .toList());
    }

    private static String program(String name) {
        return Examples.directory("mcp").resolve(name).toString();
    }

    private static String newToken(String scopes) {
        return realm.create(realm.signIn("alice"), "{\"name\":\"mcp\",\"scopes\":[" + scopes + "]}")
                .json()
                .path("token")
                .asText();
    }

    private static String accessToken(String scope) {
        return Http.at("POST", "http://" + keycloak.address() + realm.path("/protocol/openid-connect/token"))
                .form("grant_type=password&client_id=qa-hub-cli&username=alice&password=alice&scope=" + scope)
                .send()
                .json()
                .path("access_token")
                .asText();
    }

    private static String audience(String kind, String value) {
        return """
                {"name":"%1$s","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
                 "config":{"%1$s":"%2$s","access.token.claim":"true","introspection.token.claim":"true"}}""".formatted(kind, value);
    }
}
