package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which access tokens prove a recent sign-in, and which do not. */
class SignInTimeIT {
    private static final String PROGRAM = "program";
    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("sign-in-times");
        new AccessTokens(realm).newClient(PROGRAM, """
                "directAccessGrantsEnabled":true,"fullScopeAllowed":true,
                 "attributes":{"standard.token.exchange.enabled":"true"}""");
        require("3600");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aDirectGrantIsASignIn() {
        assertCreates(accessToken(directGrant("openid")));
    }

    @Test
    void aSignInInTheBrowserIsToldByAuthTime() {
        String bearer = BrowserSession.signIn(realm, "alice").accessToken("account-console");
        assertTrue(AccessTokens.claims(bearer).has("auth_time"));
        assertCreates(bearer);
    }

    @Test
    void aRefreshIsNoSignIn() {
        assertIsStale(accessToken(refresh(directGrant("openid"))));
    }

    @Test
    void aRefreshAfterASignInInTheBrowserKeepsItsTime() {
        JsonNode tokens = BrowserSession.signIn(realm, "alice").tokens("account-console", "openid");
        assertCreates(realm.call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "account-console",
                        "refresh_token", tokens.path("refresh_token").asText()))
                .send()
                .json()
                .path("access_token")
                .asText());
    }

    @Test
    void anOfflineSessionIsNoSignIn() {
        assertIsStale(accessToken(refresh(directGrant("offline_access"))));
    }

    @Test
    void aTokenExchangeIsNoSignIn() {
        String subject = accessToken(directGrant("openid"));
        Answer exchanged = token(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", subject,
                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        assertIsStale(accessToken(exchanged));
    }

    @Test
    void anyAgeMeansThatNothingIsAsked() {
        String refreshed = accessToken(refresh(directGrant("openid")));
        require("0");
        try {
            assertCreates(refreshed);
        } finally {
            require("3600");
        }
    }

    private static void assertCreates(String bearer) {
        Answer answer = create(bearer);
        assertEquals(201, answer.status(), answer.text());
    }

    private static void assertIsStale(String bearer) {
        assertEquals(200, realm.list(bearer, "").status());
        assertFalse(AccessTokens.claims(bearer).has("auth_time"));
        BadRequestIT.refused(create(bearer), 401, "insufficient_user_authentication");
    }

    private static Answer create(String bearer) {
        return realm.create(bearer, "{\"name\":\"ci\",\"scopes\":[\"read\"]}");
    }

    private static Answer directGrant(String scope) {
        return token(Map.of("grant_type", "password", "username", "alice", "password", "alice", "scope", scope));
    }

    private static Answer refresh(Answer granted) {
        return token(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                granted.json().path("refresh_token").asText()));
    }

    private static Answer token(Map<String, String> form) {
        Answer answer = new AccessTokens(realm).post(PROGRAM, new HashMap<>(form));
        assertEquals(200, answer.status(), answer.text());
        return answer;
    }

    private static String accessToken(Answer answer) {
        return AccessTokens.accessToken(answer);
    }

    private static void require(String seconds) {
        assertEquals(
                204,
                realm.admin("PUT", "", """
                        {"realm":"%s","attributes":{"apiTokens.allowedClients":"account-console %s",
                         "apiTokens.reauthenticateSeconds":"%s"}}""".formatted(realm.name(), PROGRAM, seconds))
                        .status());
    }
}
