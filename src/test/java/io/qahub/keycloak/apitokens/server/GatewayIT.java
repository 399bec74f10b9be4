package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.BadTokenStrings;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway endpoint: tokens, callers and responses. */
class GatewayIT {
    private static Realm realm;
    private static JsonNode token;
    private static String secret;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("gateways");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["INTROSPECT_TOKEN","INTROSPECT_TOKEN_ERROR"]}""");
        token = realm.newToken(realm.signIn("alice"), "gateway");
        secret = token.path("token").asText();
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/api/v1/cases", "/a/b/e?f=g", "/%F0%9F%98%80", "/introspect", "/some-id/rotate", "/%00"
            })
    void anActiveTokenIsAcceptedAtEverySubPath(String path) {
        Answer answer = Gateway.asks(realm, "GET", path, secret).send();
        assertEquals(200, answer.status(), answer.text());
        assertEquals("alice", answer.header("X-Auth-User"));
        assertEquals("read write", answer.header("X-Auth-Scopes"));
        assertEquals(token.path("prefix").asText(), answer.header("X-Auth-Token-Prefix"));
        assertEquals("no-store", answer.header("Cache-Control"));
        assertEquals("", answer.text());
        JsonNode event = newest("INTROSPECT_TOKEN");
        assertEquals(answer.header("X-Auth-User-Id"), event.path("userId").asText());
        assertEquals("qa-hub-api", event.path("clientId").asText());
        assertEquals("gateway", event.path("details").path("endpoint").asText());
        assertEquals(token.path("prefix"), event.path("details").path("prefix"));
    }

    /** Maven, Docker, npm and others support only Basic authentication. */
    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob", "", "x-access-token", "jörg"})
    void aTokenIsAcceptedAsTheBasicPasswordWithAnyUsername(String user) {
        Answer answer = Gateway.asks(realm, "GET", "").basic(user, secret).send();
        assertEquals("alice", answer.header("X-Auth-User"), answer.text());
    }

    /** RFC 9110, section 11.1. */
    @Test
    void theSchemeIsCaseInsensitive() {
        String pair = Gateway.credentials("alice", secret).substring("Basic ".length());
        for (String header : List.of(
                "bearer " + secret, "BEARER " + secret, "Bearer   " + secret, "basic " + pair, "BASIC " + pair)) {
            Answer answer = Gateway.asks(realm, "GET", "")
                    .header("Authorization", header)
                    .send();
            assertEquals("alice", answer.header("X-Auth-User"), answer.text());
        }
    }

    @Test
    void aTokenInTheUsernameFieldIsRejected() {
        assertRefused(Gateway.asks(realm, "GET", "").basic(secret, "").send());
        assertRefused(Gateway.asks(realm, "GET", "").basic(secret, "x").send());
    }

    @Test
    void aTokenInTheQueryStringIsRejected() {
        assertRefused(Gateway.asks(realm, "GET", "?token=" + secret).send());
        assertRefused(
                Gateway.asks(realm, "GET", "/cases?access_token=" + secret).send());
        assertRefused(Gateway.asks(realm, "GET", "/cases?access_token=" + secret, secret)
                .send());
        assertRefused(Gateway.asks(realm, "POST", "")
                .form("access_token=" + secret + "&token=" + secret)
                .send());
    }

    @Test
    void aMissingTokenIsChallengedWithoutAnErrorCode() {
        Answer answer = Gateway.asks(realm, "GET", "").send();
        assertEquals(401, answer.status());
        assertEquals(
                List.of("Bearer realm=\"gateways\"", "Basic realm=\"gateways\""),
                answer.response().headers().allValues("WWW-Authenticate"));
    }

    @Test
    void malformedTokenStringsAreRejected() {
        for (String bad : BadTokenStrings.all()) {
            // A header value contains no control characters and no surrounding spaces.
            if (bad.chars().allMatch(c -> c > 0x1F && c < 0x7F) && bad.strip().equals(bad)) {
                assertRefused(Gateway.asks(realm, "GET", "", bad).send());
            }
            assertRefused(Gateway.asks(realm, "GET", "").basic("alice", bad).send());
        }
        for (String header :
                List.of("", "Bearer", "Bearer ", "Basic", "Basic !", "Negotiate x", secret, "Token " + secret)) {
            Answer answer = Gateway.asks(realm, "GET", "")
                    .header("Authorization", header)
                    .send();
            assertRefused(answer);
        }
        assertRefused(Gateway.asks(realm, "GET", "", secret).bearer(secret).send());
        assertRefused(Gateway.asks(realm, "GET", "", realm.signIn("alice")).send());
    }

    @Test
    void anInactiveTokenIsRejectedAndTheEventContainsTheReason() {
        String alice = realm.signIn("alice");
        Instant expiry = Instant.now().plusSeconds(1);
        String expired = realm.create(
                        alice, "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json()
                .path("token")
                .asText();
        JsonNode revoked = realm.newToken(alice, "revoked");
        String revokedSecret = revoked.path("token").asText();
        assertEquals(200, Gateway.asks(realm, "GET", "", revokedSecret).send().status());
        realm.revoke(alice, revoked.path("id").asText());
        String gone = realm.newUser("gone");
        String ownerless =
                realm.newToken(realm.signIn("gone"), "t").path("token").asText();
        realm.admin("PUT", "/users/" + gone, "{\"enabled\":false}");
        String foreign =
                QA_HUB.newToken(QA_HUB.signIn("alice"), "foreign").path("token").asText();

        assertRefused(revokedSecret, "revoked");
        assertRefused(ownerless, "owner_disabled");
        assertRefused(foreign, "unknown");
        assertRefused(MadeUpTokens.withPrefix(token.path("prefix").asText()), "wrong_secret");
        Waits.until(expiry);
        assertRefused(expired, "expired");
    }

    @Test
    void theErrorTellsACallerThatIsNotAResourceServerWhatToConfigure() {
        assertCaller("invalid_client", List.of());
        assertCaller("invalid_client", List.of(Gateway.CREDENTIALS, Gateway.CREDENTIALS));
        for (String wrong : List.of(
                "",
                "Basic",
                "Basic cWEtaHViLWFwaQ==",
                "Bearer " + secret,
                Gateway.credentials("qa-hub-api", "wrong"),
                Gateway.credentials("qa-hub-api", ""),
                Gateway.credentials("qa-hub-api", "%zz"),
                Gateway.credentials("nobody", "x"),
                Gateway.credentials("\0", "x"),
                Gateway.credentials("qa-hub-cli", ""),
                Gateway.credentials("account", ""))) {
            assertCaller("invalid_client", List.of(wrong));
        }
        assertCaller("unauthorized_client", List.of(Gateway.credentials("billing", "billing-secret")));
        String reason =
                newest("INTROSPECT_TOKEN_ERROR").path("details").path("reason").asText();
        assertTrue(reason.startsWith("assign the client scope api-tokens"), reason);
    }

    /** The end user's credentials do not authenticate the gateway. */
    @Test
    void credentialsOfTheEndUserDoNotAuthenticateTheGateway() {
        Answer answer = realm.call("POST", "/api-tokens/authorize")
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form("client_id=qa-hub-api&client_secret=qa-hub-api-secret&token=" + secret)
                .send();
        assertEquals(401, answer.status());
        assertEquals("invalid_client", answer.json().path("error").asText());
        answer = realm.call("POST", "/api-tokens/authorize")
                .header(Gateway.CALLER, Gateway.credentials("qa-hub-api", "wrong"))
                .bearer(secret)
                .form("client_id=qa-hub-api&client_secret=qa-hub-api-secret")
                .send();
        assertEquals("invalid_client", answer.json().path("error").asText());
    }

    /** Proxies forward the client's headers. */
    @Test
    void headersOfTheEndUserHaveNoEffect() {
        Answer answer = Gateway.asks(realm, "GET", "", secret)
                .header("X-Auth-User", "admin")
                .header("X-Auth-User-Id", "admin")
                .header("X-Auth-Scopes", "read write admin")
                .header("X-Auth-Token-Prefix", "000000")
                .header("X-Auth-Organization", "acme")
                .header("Accept", "text/html")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .header("Origin", "https://evil.example")
                .header("Cookie", "KEYCLOAK_IDENTITY=x; AUTH_SESSION_ID=y")
                .send();
        assertEquals(200, answer.status(), answer.text());
        for (String header : List.of("X-Auth-User", "X-Auth-Scopes", "X-Auth-Token-Prefix")) {
            assertEquals(1, answer.response().headers().allValues(header).size());
        }
        assertEquals("alice", answer.header("X-Auth-User"));
        assertEquals("", answer.header("X-Auth-Organization"));
        assertNull(answer.header("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/json",
                "nonsense",
                "a/b;c="
            })
    void theContentTypeOfTheOriginalRequestHasNoEffect(String type) {
        for (String method : List.of("GET", "POST")) {
            Answer answer = Gateway.asks(realm, method, "", secret)
                    .header("Content-Type", type)
                    .send();
            assertEquals(200, answer.status(), method + answer.text());
        }
    }

    /** Usernames may contain characters that a header may not; see HeaderValueTest. */
    @Test
    void anUnusualUsernameIsPercentEncoded() {
        String user = "jörg.müller+qa@example.org";
        assertEquals(201, realm.admin("POST", "/users", """
                {"username":"%1$s","enabled":true,"email":"jm@example.org","firstName":"F","lastName":"L",
                 "credentials":[{"type":"password","value":"%1$s"}]}""".formatted(user)).status());
        String theirs = realm.newToken(realm.signIn(user), "t").path("token").asText();
        assertEquals(
                "j%C3%B6rg.m%C3%BCller%2Bqa@example.org",
                Gateway.asks(realm, "GET", "", theirs).send().header("X-Auth-User"));
    }

    /** Keycloak rejects such paths before it calls a resource; a gateway then rejects the request. */
    @ParameterizedTest
    @ValueSource(strings = {"/a//b", "/a/../b", "/a/%2e%2e/b"})
    void aPathThatKeycloakRejectsIsNotAuthorized(String path) {
        assertNotEquals(200, Gateway.asks(realm, "GET", path, secret).send().status());
    }

    /** Keycloak rejects matrix parameters since 26.5. */
    @Test
    void aPathWithMatrixParametersIsAuthorizedOnOldVersionsOnly() {
        int status = Gateway.asks(realm, "GET", "/a;b=c", secret).send().status();
        assertEquals(Build.keycloakVersion().startsWith("26.4."), status == 200);
    }

    /** Neither the secret of the end user nor that of the gateway. */
    @Test
    void secretsAreNeitherInLogsNorInEvents() {
        String wrong = Gateway.credentials("qa-hub-api", "hidden-gateway-secret%zz");
        realm.call("GET", "/api-tokens/authorize").header(Gateway.CALLER, wrong).send();
        Gateway.asks(realm, "GET", "").basic(secret, secret).send();
        for (String place : List.of(
                Keycloak.get().log(),
                realm.admin("GET", "/events?max=10000", null).text())) {
            assertFalse(place.contains("hidden-gateway-secret"));
            assertFalse(place.contains(secret.substring(10)));
        }
    }

    @Test
    void aCachedTokenNeedsNeitherSqlNorBcrypt() {
        realm.admin("PUT", "/events/config", "{\"eventsEnabled\":false}");
        Gateway.asks(realm, "GET", "", secret).send();
        Work work = Work.during(() ->
                assertEquals(200, Gateway.asks(realm, "GET", "", secret).send().status()));
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["INTROSPECT_TOKEN","INTROSPECT_TOKEN_ERROR"]}""");
        assertEquals(Work.NONE, work);
    }

    private static void assertRefused(String bearer, String reason) {
        assertRefused(Gateway.asks(realm, "GET", "", bearer).send());
        JsonNode event = newest("INTROSPECT_TOKEN_ERROR");
        assertEquals(reason, event.path("details").path("reason").asText(), event.toString());
        assertEquals(
                bearer.substring(3, 9), event.path("details").path("prefix").asText());
    }

    private static void assertRefused(Answer answer) {
        assertEquals(401, answer.status(), answer.text());
        assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer realm=\"gateways\""));
        assertEquals("no-store", answer.header("Cache-Control"));
        assertTrue(answer.json().path("error_description").isTextual());
        assertNull(answer.header("X-Auth-User"));
    }

    private static void assertCaller(String error, List<String> credentials) {
        Http call = realm.call("GET", "/api-tokens/authorize").bearer(secret);
        credentials.forEach(value -> call.header(Gateway.CALLER, value));
        Answer answer = call.send();
        assertEquals(401, answer.status(), answer.text());
        assertEquals(error, answer.json().path("error").asText(), answer.text());
        assertNull(answer.header("X-Auth-User"));
    }

    private static JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }
}
