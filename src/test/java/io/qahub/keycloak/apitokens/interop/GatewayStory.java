package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A proxy that calls the gateway endpoint, in front of an API that has no support for tokens. */
@Tag("interop")
abstract class GatewayStory extends NetworkStory {
    private static final String CREDENTIALS =
            Base64.getEncoder().encodeToString("qa-hub-api:qa-hub-api-secret".getBytes(StandardCharsets.UTF_8));

    final Upstream upstream = Upstream.start();

    /** Returns the environment variables of a gateway. */
    final Map<String, String> gatewayEnvironment(int port) {
        return Map.of(
                "PORT", String.valueOf(port),
                "ADDRESS", "http://:" + port,
                "API", upstream.address(),
                "KEYCLOAK", keycloakAddress(),
                "REALM", QA_HUB.name(),
                "CREDENTIALS", CREDENTIALS);
    }

    /** Returns the challenges of the gateway endpoint, which most proxies pass on. */
    @Override
    Challenges challenges() {
        return new Challenges(
                "Bearer realm=\"qa-hub\".*",
                "Bearer realm=\"qa-hub\", error=\"invalid_token\", .*",
                "Bearer realm=\"qa-hub\", error=\"insufficient_scope\", .*");
    }

    @BeforeEach
    void resetUpstream() {
        upstream.forget();
    }

    @AfterAll
    void stopUpstream() {
        upstream.close();
    }

    @Test
    void theApiReceivesTheOwnerButNotTheToken() {
        JsonNode token = QA_HUB.newToken(QA_HUB.signIn("alice"), "behind a gateway");
        assertEquals(200, get(token.path("token").asText()).status());
        Headers told = upstream.lastHeaders();
        assertEquals(List.of("alice"), told.get("X-Auth-User"));
        assertEquals(List.of(QA_HUB.userId("alice")), told.get("X-Auth-User-Id"));
        assertEquals(List.of("read write"), told.get("X-Auth-Scopes"));
        assertEquals(List.of(token.path("prefix").asText()), told.get("X-Auth-Token-Prefix"));
        assertNull(told.get("Authorization"));
        assertFalse(upstream.lastHeadersAsText().contains(token.path("token").asText()));
        assertFalse(upstream.lastHeadersAsText().contains(CREDENTIALS));
    }

    @Test
    void aCallerCannotForgeTheOwner() {
        int status = call("GET", "")
                .bearer(newToken("read"))
                .header("X-Auth-User", "bob")
                .header("X-Auth-Scopes", "read write")
                .header("x-auth-token-prefix", "abc123")
                .header("X-Auth-Organization", "acme")
                .send()
                .status();
        assertEquals(200, status);
        assertEquals(List.of("alice"), upstream.lastHeaders().get("X-Auth-User"));
        assertEquals(List.of("read"), upstream.lastHeaders().get("X-Auth-Scopes"));
        assertNotEquals(List.of("abc123"), upstream.lastHeaders().get("X-Auth-Token-Prefix"));
        assertFalse(upstream.lastHeadersAsText().contains("acme"), upstream.lastHeadersAsText());
    }

    @Test
    void aCallerCannotForgeTheMethod() {
        String token = newToken("read");
        for (String header : List.of("X-Original-Method", "X-Forwarded-Method", "X-HTTP-Method-Override")) {
            for (String method : List.of("POST", "DELETE")) {
                call(method, "/1").bearer(token).header(header, "GET").send();
                assertNull(upstream.lastHeaders(), method + " with " + header);
            }
        }
        call("GET", "").bearer(token).header("X-HTTP-Method-Override", "DELETE").send();
        assertNull(upstream.lastHeaders(), "a GET request that the API may treat as DELETE was forwarded");
    }

    @Test
    void aCallerCannotActAsTheGateway() {
        int status = call("GET", "")
                .bearer(newToken("read"))
                .header("X-Api-Tokens-Client", "Basic bm9ib2R5Om5vdGhpbmc=")
                .send()
                .status();
        assertEquals(200, status, "the header was not replaced");
    }

    @Test
    void aTokenIsAcceptedAsTheBasicPassword() {
        assertEquals(
                200, call("GET", "").basic("alice", newToken("read")).send().status());
    }

    @Test
    void everyPathOfTheApiIsProtected() {
        for (String path : List.of("/%2e%2e/cases", "/..;/x", "//", "/1?scope=write", "/%00", "/1/../../cases")) {
            call("GET", path).send();
            assertNull(upstream.lastHeaders(), path);
        }
    }

    /** The API cannot look up the access token itself. */
    @Test
    void theApiReceivesTheUserOfAnAccessToken() {
        int status = call("GET", "")
                .bearer(accessToken("read"))
                .header("X-Auth-Token-Prefix", "abc123")
                .header("X_Auth_Token_Prefix", "abc123")
                .send()
                .status();
        assertEquals(200, status);
        Headers told = upstream.lastHeaders();
        assertEquals(List.of("alice"), told.get("X-Auth-User"));
        assertEquals(List.of("read"), told.get("X-Auth-Scopes"));
        assertFalse(upstream.lastHeadersAsText().contains("abc123"), upstream.lastHeadersAsText());
        assertNull(told.get("Authorization"));
    }

    /** Some servers treat an underscore as a hyphen. */
    @Test
    void aCallerCannotForgeTheOwnerWithUnderscores() {
        int status = call("GET", "")
                .bearer(newToken("read"))
                .header("X_Auth_User", "bob")
                .header("X_AUTH_SCOPES", "read write")
                .send()
                .status();
        assertEquals(200, status);
        assertTrue(
                upstream.lastHeaders().keySet().stream().noneMatch(name -> name.contains("_")),
                upstream.lastHeaders().keySet().toString());
    }

    /** Otherwise, a caller could forge the address of a token's last use. */
    @Test
    void aCallerCannotForgeItsAddress() {
        String unknown = "qh_000000_" + "x".repeat(36);
        call("GET", "").bearer(unknown).header("X-Forwarded-For", "10.9.8.7").send();
        JsonNode event = QA_HUB.admin("GET", "/events?max=1&type=INTROSPECT_TOKEN_ERROR", null)
                .json()
                .path(0);
        assertEquals("gateway", event.path("details").path("endpoint").asText());
        assertFalse(event.path("ipAddress").asText().contains("10.9.8.7"), event.toString());
    }
}
