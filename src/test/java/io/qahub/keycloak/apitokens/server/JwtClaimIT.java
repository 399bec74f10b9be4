package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The claim {@code jwt}, which Keycloak adds to introspection if the client requests it and its setting allows it. */
class JwtClaimIT {
    private static final String ALLOWED = "client.introspection.response.allow.jwt.claim.enabled";
    private static Realm realm;
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("jwt-claim");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @BeforeEach
    void allow() {
        change("{\"attributes\":{\"%s\":\"true\"}}".formatted(ALLOWED));
    }

    @AfterEach
    void undo() {
        change("{\"fullScopeAllowed\":false,\"attributes\":{\"%s\":\"\",\"apiTokens.maxExpSeconds\":\"\"}}"
                .formatted(ALLOWED));
    }

    @ParameterizedTest
    @ValueSource(strings = {STANDARD_ENDPOINT, OWN_ENDPOINT})
    void theJwtSaysWhatTheResponseSays(String endpoint) {
        Answer answer = requestJwt(endpoint, token("whole"));
        JsonNode response = answer.json();
        assertTrue(response.path("active").asBoolean(), response.toString());
        JsonNode jwt = AccessTokens.claims(response.path("jwt").asText());
        for (String claim : new String[] {"iss", "sub", "aud", "scope", "jti", "prefix"}) {
            assertEquals(response.path(claim), jwt.path(claim), claim);
        }
        assertEquals("ApiToken", jwt.path("typ").asText());
        assertEquals(response.path("username"), jwt.path("preferred_username"));
        assertLifetime(300, jwt);
    }

    /** As for one of Keycloak's own tokens, the response itself is JSON. */
    @Test
    void theResponseHasTheContentTypeOfKeycloaksOwn() {
        String own =
                realm.grant("qa-hub-api", "alice").json().path("access_token").asText();
        Answer expected = requestJwt(STANDARD_ENDPOINT, own);
        assertTrue(expected.json().has("jwt"), expected.text());
        assertEquals(
                expected.header("Content-Type"),
                requestJwt(STANDARD_ENDPOINT, token("typed")).header("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/jwt, application/json"})
    void withAnotherAcceptHeaderThereIsNoJwt(String accepted) {
        JsonNode response = request(STANDARD_ENDPOINT, token("plain"), accepted).json();
        assertTrue(response.path("active").asBoolean(), response.toString());
        assertFalse(response.has("jwt"));
    }

    @Test
    void withoutTheSettingThereIsNoJwt() {
        undo();
        JsonNode response = requestJwt(STANDARD_ENDPOINT, token("not allowed")).json();
        assertTrue(response.path("active").asBoolean(), response.toString());
        assertFalse(response.has("jwt"));
    }

    /** The limits of token exchange apply; the log says what to change. */
    @Test
    void aClientThatMayNotExchangeTokensReceivesNoJwt() {
        change("{\"fullScopeAllowed\":true}");
        long mark = Keycloak.get().logMark();
        JsonNode response = requestJwt(STANDARD_ENDPOINT, token("full scope")).json();
        assertTrue(response.path("active").asBoolean(), response.toString());
        assertFalse(response.has("jwt"));
        assertTrue(Keycloak.get().logSince(mark).contains("Turn off Full scope allowed"));
    }

    @Test
    void theJwtIsInactiveAsSoonAsTheTokenIsRevoked() {
        JsonNode token = realm.newToken(alice, "revoked");
        String secret = token.path("token").asText();
        String jwt = requestJwt(STANDARD_ENDPOINT, secret).json().path("jwt").asText();
        assertTrue(realm.isActive(jwt));
        realm.revoke(alice, token.path("id").asText());
        assertFalse(realm.isActive(jwt));
        assertEquals("{\"active\":false}", requestJwt(STANDARD_ENDPOINT, secret).text());
        assertEquals("{\"active\":false}", requestJwt(STANDARD_ENDPOINT, jwt).text());
    }

    @Test
    void keycloakDoesNotAcceptTheJwt() {
        String jwt = requestJwt(STANDARD_ENDPOINT, token("at Keycloak"))
                .json()
                .path("jwt")
                .asText();
        assertEquals(
                401,
                realm.call("GET", "/account")
                        .bearer(jwt)
                        .header("Accept", "application/json")
                        .send()
                        .status());
        assertEquals(401, realm.list(jwt, "").status());
    }

    /** The JWT of a JWT is not valid for longer, and has no scope that the token has lost. */
    @Test
    void aJwtObtainedWithAnApiTokenIsIssuedAgainWithTheSameTimes() {
        String issued = AccessTokens.accessToken(new AccessTokens(realm).exchange(token("exchanged"), "scope", "read"));
        JsonNode response = requestJwt(STANDARD_ENDPOINT, issued).json();
        String jwt = response.path("jwt").asText();
        assertEquals(AccessTokens.claims(issued), AccessTokens.claims(jwt));
        assertTrue(realm.isActive(jwt));
    }

    @Test
    void theLimitOfExpApplies() {
        change("{\"attributes\":{\"%s\":\"true\",\"apiTokens.maxExpSeconds\":\"20\"}}".formatted(ALLOWED));
        JsonNode response = requestJwt(STANDARD_ENDPOINT, token("limited")).json();
        assertLifetime(20, AccessTokens.claims(response.path("jwt").asText()));
    }

    private static void assertLifetime(int seconds, JsonNode jwt) {
        long left = jwt.path("exp").asLong() - Instant.now().getEpochSecond();
        assertTrue(left <= seconds && left > seconds - 15, jwt.toString());
    }

    private String token(String name) {
        return realm.newToken(alice, name).path("token").asText();
    }

    private static Answer requestJwt(String endpoint, String token) {
        return request(endpoint, token, "application/jwt");
    }

    private static Answer request(String endpoint, String token, String accepted) {
        return realm.call("POST", endpoint)
                .basic("qa-hub-api", "qa-hub-api-secret")
                .header("Accept", accepted)
                .form(Map.of("token", token))
                .send();
    }

    private static void change(String json) {
        String id = new Admins(realm).clientUuid("qa-hub-api");
        assertEquals(204, realm.admin("PUT", "/clients/" + id, json).status());
    }
}
