package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Credentials that the owner's resource rejects, without creating a token and without logging a stack trace. */
class BadBearerIT {
    private static final String BODY = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static Realm realm;
    private static String realmId;
    private final long mark = Keycloak.get().logMark();

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("strict");
        realmId = realm.id();
        publicClient("short-lived", "\"attributes\":{\"access.token.lifespan\":\"1\"}");
        publicClient("no-audience", """
                "defaultClientScopes":["basic"],"protocolMappers":[{"name":"roles","protocol":"openid-connect",
                 "protocolMapper":"oidc-usermodel-client-role-mapper","config":{"multivalued":"true",
                 "claim.name":"resource_access.${client_id}.roles","access.token.claim":"true"}}]""");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @AfterEach
    void noRowAndNoStackTrace() {
        assertEquals(0, Database.get().tokenRows("REALM_ID", realmId));
        assertEquals(List.of(), Keycloak.get().stackTracesSince(mark));
    }

    @Test
    void anExpiredAccessTokenIsRejected() {
        String bearer = realm.signIn("alice", "short-lived");
        assertEquals(200, realm.list(bearer, "").status());
        long expiry = AccessTokens.claims(bearer).path("exp").asLong();
        Waits.until(Instant.ofEpochSecond(expiry + 1)); // Keycloak accepts it until the end of that second
        assertRefused(bearer, 401, "invalid_token");
    }

    @Test
    void anAccessTokenForAnotherAudienceIsRejectedEvenWithTheRole() {
        String bearer = realm.signIn("alice", "no-audience");
        String claims = new String(Base64.getUrlDecoder().decode(bearer.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertTrue(claims.contains("manage-account") && !claims.contains("\"aud\""), claims);
        assertRefused(bearer, 403, "access_denied");
    }

    @Test
    void anAccessTokenWithoutTheRoleIsRejected() {
        String user = realm.newUser("onlooker");
        JsonNode all = realm.admin("GET", "/users/" + user + "/role-mappings/realm", null)
                .json();
        String account = adminId("/clients?clientId=account");
        JsonNode viewProfile = realm.admin("GET", "/clients/" + account + "/roles/view-profile", null)
                .json();
        realm.admin("DELETE", "/users/" + user + "/role-mappings/realm", all.toString());
        realm.admin("POST", "/users/" + user + "/role-mappings/clients/" + account, "[" + viewProfile + "]");
        assertRefused(realm.signIn("onlooker"), 403, "access_denied");
    }

    @Test
    void otherKindsOfTokensAreRejected() {
        JsonNode tokens = realm.grant("qa-hub-cli", "alice").json();
        assertRefused(tokens.path("refresh_token").asText(), 401, "invalid_token");
        String broken = tokens.path("access_token").asText();
        assertRefused(broken.substring(0, broken.length() - 9) + "AAAAAAAAA", 401, "invalid_token");
        assertRefused(Realm.QA_HUB.signIn("alice"), 401, "invalid_token");
        assertRefused("", 401, "invalid_token");
    }

    @Test
    void anAccessTokenOfAnEndedSessionIsRejected() {
        JsonNode tokens = realm.grant("qa-hub-cli", "alice").json();
        realm.call("POST", "/protocol/openid-connect/logout")
                .form(Map.of(
                        "client_id",
                        "qa-hub-cli",
                        "refresh_token",
                        tokens.path("refresh_token").asText()))
                .send();
        assertRefused(tokens.path("access_token").asText(), 401, "invalid_token");
    }

    @Test
    void anAccessTokenOfADisabledUserIsRejected() {
        String user = realm.newUser("barred");
        String bearer = realm.signIn("barred");
        realm.admin("PUT", "/users/" + user, "{\"enabled\":false}");
        assertRefused(bearer, 401, "invalid_token");
    }

    @Test
    void onlyTheBearerSchemeIsAccepted() {
        String bearer = realm.signIn("alice");
        refused(
                realm.call("POST", "/api-tokens?access_token=" + bearer)
                        .json(BODY)
                        .send(),
                401,
                "invalid_token");
        refused(
                realm.call("POST", "/api-tokens")
                        .basic("alice", "alice")
                        .json(BODY)
                        .send(),
                401,
                "invalid_token");
    }

    private static void assertRefused(String bearer, int status, String error) {
        refused(realm.create(bearer, BODY), status, error);
        refused(realm.list(bearer, ""), status, error);
        refused(realm.list(bearer, "/some-id"), status, error);
        refused(realm.revoke(bearer, "some-id"), status, error);
    }

    private static void refused(Answer answer, int status, String error) {
        BadRequestIT.refused(answer, status, error);
    }

    private static void publicClient(String name, String settings) {
        Answer made = realm.admin("POST", "/clients", """
                        {"clientId":"%s","publicClient":true,"directAccessGrantsEnabled":true,%s}""".formatted(name, settings));
        assertEquals(201, made.status(), made.text());
    }

    private static String adminId(String query) {
        return realm.admin("GET", query, null).json().path(0).path("id").asText();
    }
}
