package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.BadTokenStrings;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keycloak's revocation endpoint (RFC 7009). */
class RevocationIT {
    private static final String APP = "https://app.example";
    private static Realm realm;
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("revocation");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["REVOKE_GRANT_ERROR","REMOVE_CREDENTIAL"]}""");
        realm.admin(
                "POST",
                "/clients",
                "{\"clientId\":\"spa\",\"publicClient\":true,\"webOrigins\":[\"%s\"]}".formatted(APP));
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aResourceServerRevokesAToken() {
        JsonNode token = realm.newToken(alice, "revoked by the API");
        assertTrue(realm.isActive(secret(token)));
        assertRevoked(asApi(secret(token)));
        assertFalse(realm.isActive(secret(token)));
        JsonNode event = newest("REMOVE_CREDENTIAL");
        assertEquals("client", event.path("details").path("revoked_by").asText(), event.toString());
        assertEquals("qa-hub-api", event.path("clientId").asText());
        assertEquals(realm.userId("alice"), event.path("userId").asText());
        assertEquals(token.path("prefix"), event.path("details").path("prefix"));
        assertFalse(event.toString().contains(secret(token).substring(10)));
    }

    /** The secret alone also authorizes a revocation at {@code self}, without any client. */
    @ParameterizedTest
    @ValueSource(strings = {"qa-hub-cli", "spa"})
    void aPublicClientRevokesAToken(String client) {
        String token = secret(realm.newToken(alice, "revoked by a public client"));
        assertRevoked(post().form(Map.of("token", token, "client_id", client)).send());
        assertFalse(realm.isActive(token));
    }

    @Test
    void aClientThatMayNotVerifyTokensRevokesOne() {
        String token = secret(realm.newToken(alice, "found by billing"));
        assertRevoked(
                post().basic("billing", "billing-secret").form("token=" + token).send());
        assertFalse(realm.isActive(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token", "api_token", "unknown", ""})
    void theHintIsIgnored(String hint) {
        String token = secret(realm.newToken(alice, "hinted"));
        assertRevoked(post().basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("token", token, "token_type_hint", hint))
                .send());
        assertFalse(realm.isActive(token));
    }

    /** Keycloak's endpoint has this path, too, but not one with encoded letters. */
    @Test
    void thePathMayEndWithASlash() {
        String token = secret(realm.newToken(alice, "same endpoint"));
        Map<String, String> form = Map.of("token", token);
        assertEquals(400, api(at("%72evoke")).form(form).send().status());
        assertTrue(realm.isActive(token));
        assertRevoked(api(at("revoke/")).form(form).send());
        assertFalse(realm.isActive(token));
    }

    /** RFC 7009, section 2.2. */
    @Test
    void theResponseRevealsNothing() {
        JsonNode good = realm.newToken(alice, "known");
        String wrong = MadeUpTokens.withPrefix(good.path("prefix").asText());
        String old = secret(good);
        String current = realm.call("POST", "/api-tokens/" + good.path("id").asText() + "/rotate")
                .bearer(alice)
                .json("{}")
                .send()
                .json()
                .path("token")
                .asText();
        Answer unknown = asApi(MadeUpTokens.withPrefix("000000"));
        assertRevoked(unknown);
        for (String sent : List.of(wrong, old, "qh_", "qh_nonsense", current + "x")) {
            assertSame(unknown, asApi(sent));
        }
        JsonNode refusal = newest("REVOKE_GRANT_ERROR");
        assertEquals("invalid_token", refusal.path("error").asText(), refusal.toString());
        assertEquals("qa-hub-api", refusal.path("clientId").asText());
        assertTrue(realm.isActive(current), "revoked without its secret");
        assertSame(unknown, asApi(current));
        assertFalse(realm.isActive(current));
        JsonNode removal = newest("REMOVE_CREDENTIAL");
        assertSame(unknown, asApi(current));
        assertEquals(removal, newest("REMOVE_CREDENTIAL"), "revoked twice");
        BadTokenStrings.all().stream()
                .filter(bad -> bad.startsWith("qh_"))
                .forEach(bad -> assertSame(unknown, asApi(bad)));
    }

    @Test
    void anExpiredTokenAndOneOfADisabledOwnerAreRevoked() {
        Instant expiry = Instant.now().plusSeconds(1);
        JsonNode expired = realm.create(
                        alice, "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json();
        String mole = realm.newUser("mole");
        JsonNode ownerless = realm.newToken(realm.signIn("mole"), "ownerless");
        realm.admin("PUT", "/users/" + mole, "{\"enabled\":false}");
        Waits.until(expiry);
        for (JsonNode token : List.of(expired, ownerless)) {
            assertRevoked(asApi(secret(token)));
            assertEquals(
                    token.path("prefix"),
                    newest("REMOVE_CREDENTIAL").path("details").path("prefix"));
        }
    }

    /** The response is that to a token that Keycloak's own endpoint handles. */
    @TestFactory
    Stream<DynamicTest> keycloaksOwnChecksApply() {
        String spared = secret(realm.newToken(alice, "spared"));
        Map<String, BiFunction<Http, String, Http>> refused = Map.of(
                "wrong secret",
                (call, token) -> call.basic("qa-hub-api", "wrong").form("token=" + token),
                "wrong secret in the form",
                (call, token) -> call.form("client_id=qa-hub-api&client_secret=wrong&token=" + token),
                "no client",
                (call, token) -> call.form("token=" + token),
                "unknown client",
                (call, token) -> call.form("client_id=no-such-client&token=" + token),
                "confidential client without its secret",
                (call, token) -> call.form("client_id=qa-hub-api&token=" + token),
                "the token as bearer",
                (call, token) -> call.bearer(token).form("token=" + token),
                "repeated token",
                (call, token) -> api(call).form("token=" + token + "&token=" + token),
                "repeated hint",
                (call, token) -> api(call).form("token=" + token + "&token_type_hint=a&token_type_hint=a"),
                "a repeated parameter of any name",
                (call, token) -> api(call).form("token=" + token + "&x=1&x=2"));
        return refused.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    Answer answer = row.getValue().apply(post(), spared).send();
                    assertTrue(answer.status() == 400 || answer.status() == 401, answer.text());
                    assertSame(row.getValue().apply(post(), "garbage").send(), answer);
                    assertTrue(realm.isActive(spared));
                }));
    }

    @Test
    void aRequestThatRepeatsTheTokenAfterAnotherOneIsRefused() {
        String token = secret(realm.newToken(alice, "second"));
        assertEquals(
                400, api(post()).form("token=garbage&token=" + token).send().status());
        assertTrue(realm.isActive(token));
    }

    @Test
    void aPageOfAnotherOriginRevokesATokenAsOneOfKeycloaksOwn() {
        String token = secret(realm.newToken(alice, "cross-origin"));
        Answer answer = fromPage(APP, token);
        assertRevoked(answer);
        assertEquals(APP, answer.header("Access-Control-Allow-Origin"));
        assertFalse(realm.isActive(token));
        Answer preflight = realm.call("OPTIONS", "/protocol/openid-connect/revoke")
                .header("Origin", APP)
                .header("Access-Control-Request-Method", "POST")
                .send();
        assertEquals(200, preflight.status());
        assertEquals(APP, preflight.header("Access-Control-Allow-Origin"));
    }

    @Test
    void aPageOfAnUnknownOriginCannotReadTheResponse() {
        String token = secret(realm.newToken(alice, "not for this page"));
        Answer answer = fromPage("https://evil.example", token);
        assertNull(answer.header("Access-Control-Allow-Origin"));
        assertEquals(fromPage("https://evil.example", "garbage").status(), answer.status());
        // Keycloak 26.7.4 rejects the request; 26.4.7 only hides the response.
        assertEquals(answer.status() != 200, realm.isActive(token));
    }

    /** 300 per minute; the test server trusts X-Forwarded-For. */
    @Test
    void anAddressThatSendsTooManyWrongTokensReceives429() {
        for (int i = 0; i < 300; i++) {
            assertEquals(200, from("10.7.0.1", "qh_nonsense").status());
        }
        String token = secret(realm.newToken(alice, "too late"));
        Answer refused = from("10.7.0.1", "qh_nonsense");
        assertEquals(429, refused.status(), refused.text());
        assertEquals("60", refused.header("Retry-After"));
        assertEquals(429, from("10.7.0.1", token).status());
        assertTrue(realm.isActive(token));
        assertRevoked(from("10.7.0.2", token));
        assertFalse(realm.isActive(token));
    }

    /** A JWT is inactive with its API token; Keycloak does not accept its type. */
    @Test
    void aJwtObtainedWithAnApiTokenIsNotAccepted() {
        String token = secret(realm.newToken(alice, "exchanged"));
        String jwt = AccessTokens.accessToken(new AccessTokens(realm).exchange(token));
        BadRequestIT.refused(asApi(jwt), 400, "unsupported_token_type");
        assertTrue(realm.isActive(token));
        assertRevoked(asApi(token));
        assertFalse(realm.isActive(jwt));
    }

    @Test
    void keycloaksOwnTokensAreRevokedAsBefore() {
        JsonNode own = realm.grant("qa-hub-api", "alice").json();
        String access = own.path("access_token").asText();
        assertTrue(isActiveAtKeycloak(access));
        assertRevoked(asApi(access));
        assertFalse(isActiveAtKeycloak(access));
        JsonNode other = realm.grant("qa-hub-api", "alice").json();
        assertRevoked(asApi(other.path("refresh_token").asText()));
        assertFalse(isActiveAtKeycloak(other.path("access_token").asText()));
    }

    private static boolean isActiveAtKeycloak(String accessToken) {
        return realm.introspect(Realm.STANDARD_ENDPOINT, accessToken)
                .json()
                .path("active")
                .asBoolean();
    }

    private static Http post() {
        return at("revoke");
    }

    private static Http at(String path) {
        return realm.call("POST", "/protocol/openid-connect/" + path);
    }

    private static Http api(Http call) {
        return call.basic("qa-hub-api", "qa-hub-api-secret");
    }

    private static Answer asApi(String token) {
        return api(post())
                .form("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
                .send();
    }

    private static Answer from(String address, String token) {
        return api(post())
                .header("X-Forwarded-For", address)
                .form(Map.of("token", token))
                .send();
    }

    private static Answer fromPage(String origin, String token) {
        return post().header("Origin", origin)
                .form(Map.of("client_id", "spa", "token", token))
                .send();
    }

    private static String secret(JsonNode token) {
        return token.path("token").asText();
    }

    private static JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }

    private static void assertRevoked(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        assertEquals("", answer.text());
    }

    private static void assertSame(Answer expected, Answer answer) {
        assertEquals(expected.status(), answer.status());
        assertEquals(expected.text(), answer.text());
        assertEquals(
                expected.response().headers().map().keySet(),
                answer.response().headers().map().keySet());
    }
}
