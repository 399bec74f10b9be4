package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.AccessTokens.accessToken;
import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Attacks with a stolen API token, or with an access token obtained with one; the owner is a realm admin. */
class AttackIT {
    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";
    private static final String DOCKER = "/protocol/docker-v2/auth?service=registry";
    private static Realm realm;
    private static AccessTokens tokens;
    private static String admin;
    private static String secret;
    private static Map<String, String> accessTokens;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("attacks");
        tokens = new AccessTokens(realm);
        ObjectNode settings = (ObjectNode) realm.admin("GET", "", null).json();
        ((ObjectNode) settings.path("attributes")).put("apiTokens.allowedClients", "qa-hub-cli, exchanger");
        assertEquals(204, realm.admin("PUT", "", settings.toString()).status());
        admin = new Admins(realm).newAdmin("boss", "realm-admin");
        secret = realm.newToken(admin, "stolen").path("token").asText();
        tokens.newClient("exchanger", """
                "fullScopeAllowed":true,"directAccessGrantsEnabled":true,"serviceAccountsEnabled":true,
                "authorizationServicesEnabled":true,
                "authorizationSettings":{"policyEnforcementMode":"DISABLED","resources":[{"name":"all","uris":["/*"]}]},
                "defaultClientScopes":["basic","roles","api-tokens"],
                "attributes":{"standard.token.exchange.enabled":"true"}""");
        tokens.newClient("target", """
                "fullScopeAllowed":false,"serviceAccountsEnabled":true,"authorizationServicesEnabled":true,
                "defaultClientScopes":["basic","roles","api-tokens"],
                "attributes":{"standard.token.exchange.enabled":"true"}""");
        bindDocker();
        accessTokens = new LinkedHashMap<>();
        accessTokens.put("exchanged", accessToken(tokens.exchange(secret)));
        accessTokens.put("exchanged for another", accessToken(tokens.exchange(secret, "audience", "exchanger")));
        accessTokens.put("exchanged by it", accessToken(tokens.exchangeAs("target", secret)));
        accessTokens.put("signed in", accessToken(tokens.signIn("qa-hub-legacy", "boss", secret)));
        accessTokens.values().forEach(jwt -> assertFalse(jwt.isEmpty()));
    }

    private static void bindDocker() {
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"dockerAuthenticationFlow\":\"sign in with an API token\"}")
                        .status());
        assertEquals(
                201,
                realm.admin("POST", "/clients", "{\"clientId\":\"registry\",\"protocol\":\"docker-v2\"}")
                        .status());
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    /** Each is first tried with the owner's own access token, which must succeed; otherwise, the attack proves nothing. */
    private static final Map<String, Function<String, Answer>> USES = new LinkedHashMap<>();

    static {
        USES.put("account API", jwt -> realm.call("GET", "/account")
                .header("Accept", "application/json")
                .bearer(jwt)
                .send());
        USES.put("account API, changing the user", jwt -> realm.call("POST", "/account")
                .header("Accept", "application/json")
                .bearer(jwt)
                .json("{\"username\":\"boss\",\"email\":\"boss@example.org\",\"firstName\":\"F\",\"lastName\":\"L\"}")
                .send());
        USES.put("admin API", jwt -> Http.call("GET", "/admin/realms/attacks/users")
                .bearer(jwt)
                .send());
        USES.put("admin API of tokens", jwt -> Http.call("GET", "/admin/realms/attacks/api-tokens")
                .bearer(jwt)
                .send());
        USES.put("creating a token", jwt -> realm.create(jwt, "{\"name\":\"n\",\"scopes\":[\"read\"]}"));
        USES.put("listing tokens", jwt -> realm.list(jwt, ""));
        USES.put("userinfo", jwt -> realm.call("GET", "/protocol/openid-connect/userinfo")
                .bearer(jwt)
                .send());
        USES.put("registering a client", jwt -> realm.call("POST", "/clients-registrations/default")
                .bearer(jwt)
                .json("{\"clientId\":\"c" + System.nanoTime() + "\"}")
                .send());
        USES.put("exchange for more rights", jwt -> exchangeFurther("exchanger", jwt));
        USES.put("permissions of UMA", jwt -> realm.call("POST", TOKEN_ENDPOINT)
                .bearer(jwt)
                .form(Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket",
                        "audience", "exchanger"))
                .send());
        USES.put(
                "UMA permissions, with the token as the identity",
                jwt -> tokens.post(
                        "exchanger",
                        new LinkedHashMap<>(Map.of(
                                "grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket",
                                "audience", "exchanger",
                                "claim_token", jwt,
                                "claim_token_format",
                                        "http://openid.net/specs/openid-connect-core-1_0.html#IDToken"))));
    }

    private static Answer exchangeFurther(String client, String jwt) {
        return tokens.post(
                client,
                new LinkedHashMap<>(Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token", jwt,
                        "subject_token_type", "urn:ietf:params:oauth:token-type:access_token")));
    }

    @TestFactory
    Stream<DynamicTest> keycloakRejectsAccessTokensThatWereObtainedWithAnApiToken() {
        String own = ownAccessToken();
        return USES.entrySet().stream()
                .map(use -> DynamicTest.dynamicTest(use.getKey(), () -> {
                    Answer allowed = use.getValue().apply(own);
                    assertTrue(allowed.status() < 300, "the owner's own: " + allowed.status() + allowed.text());
                    accessTokens.forEach((name, jwt) -> {
                        Answer denied = use.getValue().apply(jwt);
                        assertTrue(
                                denied.status() >= 400 && denied.status() < 500,
                                name + denied.status() + denied.text());
                    });
                    Answer denied = use.getValue().apply(secret);
                    assertTrue(denied.status() >= 400 && denied.status() < 500, denied.status() + denied.text());
                }));
    }

    /** Returns an access token of the client with the most rights: full scope, token exchange and UMA are enabled. */
    private static String ownAccessToken() {
        Answer grant = tokens.signIn("exchanger", "boss", "boss", "scope", "openid");
        assertEquals(200, grant.status(), grant.text());
        return accessToken(grant);
    }

    @Test
    void noTokenCanBeRefreshed() {
        accessTokens.values().forEach(jwt -> {
            for (String client : List.of("qa-hub-api", "qa-hub-legacy", "target")) {
                Answer answer = tokens.post(
                        client, new LinkedHashMap<>(Map.of("grant_type", "refresh_token", "refresh_token", jwt)));
                BadRequestIT.refused(answer, 400, "invalid_grant");
            }
        });
    }

    @Test
    void anApiTokenDoesNotSignInABrowser() {
        accessTokens.values().forEach(jwt -> {
            for (String cookie : List.of("KEYCLOAK_IDENTITY", "KEYCLOAK_SESSION", "AUTH_SESSION_ID")) {
                Answer answer = realm.call(
                                "GET",
                                "/protocol/openid-connect/auth?client_id=account-console&response_type=code&prompt=none"
                                        + AccessTokens.PKCE + "&redirect_uri="
                                        + Keycloak.get().url() + realm.path("/account/"))
                        .header("Cookie", cookie + "=" + jwt)
                        .send();
                assertTrue(String.valueOf(answer.header("Location")).contains("error=login_required"), answer.text());
            }
        });
        String id = new Admins(realm).userId("boss");
        for (JsonNode session :
                realm.admin("GET", "/users/" + id + "/sessions", null).json()) {
            assertFalse(session.path("clients").toString().contains("qa-hub-legacy"), session.toString());
        }
    }

    @Test
    void anAccessTokenOfAReadTokenDoesNotAllowWriting() {
        String read = realm.create(admin, "{\"name\":\"r\",\"scopes\":[\"read\"]}")
                .json()
                .path("token")
                .asText();
        String jwt = accessToken(tokens.exchange(read));
        assertEquals("read", AccessTokens.claims(jwt).path("scope").asText());
        assertEquals(
                "read", realm.introspect(OWN_ENDPOINT, jwt).json().path("scope").asText());
        BadRequestIT.refused(tokens.exchange(read, "scope", "write"), 400, "invalid_scope");
        for (String each : List.of(read, jwt)) {
            assertEquals(200, Gateway.asks(realm, "GET", "", each).send().status());
            for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
                Answer denied =
                        Gateway.asks(realm, method, "/api/v1/cases/1", each).send();
                assertEquals(403, denied.status());
                assertTrue(denied.header("WWW-Authenticate").endsWith("scope=\"write\""));
            }
        }
    }

    @Test
    void anAccessTokenForOneResourceServerIsRejectedByOthers() {
        assertEquals(
                200,
                Gateway.asks(realm, "GET", "", accessTokens.get("exchanged"))
                        .send()
                        .status());
        for (String other : List.of("exchanged for another", "exchanged by it", "signed in")) {
            assertEquals(
                    401,
                    Gateway.asks(realm, "GET", "", accessTokens.get(other))
                            .send()
                            .status(),
                    other);
            assertEquals(
                    "{\"active\":false}",
                    realm.introspect(STANDARD_ENDPOINT, accessTokens.get(other)).text(),
                    other);
        }
    }

    @Test
    void anAccessTokenIsNotAcceptedAsAnApiToken() {
        accessTokens.values().forEach(jwt -> {
            assertEquals(
                    401,
                    realm.call("GET", "/api-tokens/self").bearer(jwt).send().status());
            BadRequestIT.refused(tokens.exchange(jwt), 400, "invalid_request");
            BadRequestIT.refused(tokens.signIn("qa-hub-legacy", "boss", jwt), 400, "invalid_grant");
        });
    }

    /** Returns expired and revoked tokens, and tokens of another realm and of a disabled owner. */
    @TestFactory
    Stream<DynamicTest> anInactiveTokenIsRejectedAtEveryEndpoint() {
        Instant expiry = Instant.now().plusSeconds(1);
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put(
                "expired",
                realm.create(admin, "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                        .json()
                        .path("token")
                        .asText());
        JsonNode revoked = realm.newToken(admin, "revoked");
        bad.put("revoked", revoked.path("token").asText());
        assertAllEndpoints(true, revoked.path("token").asText());
        realm.revoke(admin, revoked.path("id").asText());
        bad.put(
                "another realm's",
                QA_HUB.newToken(QA_HUB.signIn("alice"), "foreign").path("token").asText());
        String gone = realm.newUser("gone");
        bad.put(
                "of a disabled owner",
                realm.newToken(realm.signIn("gone"), "t").path("token").asText());
        realm.admin("PUT", "/users/" + gone, "{\"enabled\":false}");
        Waits.until(expiry);
        return bad.entrySet().stream()
                .map(token ->
                        DynamicTest.dynamicTest(token.getKey(), () -> assertAllEndpoints(false, token.getValue())));
    }

    @Test
    void aTokenInTheQueryStringIsRejectedAtEveryEndpoint() {
        String query =
                "?access_token=" + secret + "&token=" + secret + "&subject_token=" + secret + "&password=" + secret;
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            assertFalse(realm.call("POST", endpoint + query)
                    .basic("qa-hub-api", "qa-hub-api-secret")
                    .form("x=y")
                    .send()
                    .text()
                    .contains("\"active\":true"));
        }
        for (String grant : List.of("password", "urn:ietf:params:oauth:grant-type:token-exchange")) {
            Answer answer = realm.call("POST", TOKEN_ENDPOINT + query)
                    .basic("qa-hub-legacy", "qa-hub-legacy-secret")
                    .form(Map.of("grant_type", grant, "subject_token_type", AccessTokens.TYPE))
                    .send();
            assertEquals(400, answer.status(), answer.text());
        }
        assertEquals(
                401, realm.call("GET", DOCKER + query.replace('?', '&')).send().status());
        assertEquals(401, Gateway.asks(realm, "GET", query).send().status());
        assertEquals(401, realm.call("GET", "/api-tokens/self" + query).send().status());
        assertEquals(
                400,
                realm.call("POST", "/api-tokens/revoke" + query)
                        .form("x=y")
                        .send()
                        .status());
        assertTrue(realm.isActive(secret));
    }

    /** The same applies to access tokens, with which owners and admins authenticate. */
    @Test
    void anAccessTokenInTheQueryStringIsRejectedAtEveryEndpoint() {
        String query = "?access_token=" + ownAccessToken();
        assertEquals(401, realm.call("GET", "/api-tokens" + query).send().status());
        assertEquals(
                401,
                realm.call("POST", "/api-tokens" + query)
                        .json("{\"name\":\"n\",\"scopes\":[\"read\"]}")
                        .send()
                        .status());
        assertEquals(
                401,
                Http.call("GET", "/admin/realms/attacks/api-tokens" + query)
                        .send()
                        .status());
        assertEquals(401, Gateway.asks(realm, "GET", query).send().status());
    }

    private static void assertAllEndpoints(boolean open, String token) {
        assertEquals(open, realm.isActive(token), OWN_ENDPOINT);
        assertEquals(
                open,
                realm.introspect(STANDARD_ENDPOINT, token).json().path("active").asBoolean(),
                STANDARD_ENDPOINT);
        assertEquals(
                open ? 200 : 401, Gateway.asks(realm, "GET", "", token).send().status());
        assertEquals(
                open ? 200 : 401,
                realm.call("GET", "/api-tokens/self").bearer(token).send().status());
        assertEquals(open ? 200 : 400, tokens.exchange(token).status());
        assertEquals(
                open ? 200 : 400, tokens.signIn("qa-hub-legacy", null, token).status());
        for (Http docker : List.of(
                realm.call("GET", DOCKER).bearer(token),
                realm.call("GET", DOCKER).basic("boss", token))) {
            assertEquals(open ? 200 : 401, docker.send().status());
        }
    }
}
