package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Access tokens of Keycloak's legacy token exchange (version 1): none of them proves a sign-in of the user. */
@Tag("lifecycle")
class LegacyExchangeIT {
    private static final String PROGRAM = "program";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static Keycloak keycloak;
    private static Realm realm;
    private static String user;

    @BeforeAll
    static void start() {
        keycloak = Keycloak.production(
                "exchange",
                Database.h2("exchange"),
                List.of("--features=docker,token-exchange,admin-fine-grained-authz:v1"));
        realm = Realm.fresh(keycloak, "exchange");
        new AccessTokens(realm).newClient(PROGRAM, "\"directAccessGrantsEnabled\":true,\"fullScopeAllowed\":true");
        realm.admin("PUT", "", """
                {"realm":"exchange","attributes":{"apiTokens.allowedClients":"qa-hub-cli %s"}}""".formatted(PROGRAM));
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["UPDATE_CREDENTIAL_ERROR","REMOVE_CREDENTIAL"]}""");
        user = realm.newUser("victim");
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @Test
    void anAdminWhoExchangesForAnotherUserGetsNoToken() {
        new Admins(realm).newAdmin("helpdesk", "impersonation");
        String own = tokens(Map.of("grant_type", "password", "username", "helpdesk", "password", "helpdesk"))
                .path("access_token")
                .asText();
        JsonNode exchanged = tokens(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                own,
                "subject_token_type",
                ACCESS_TOKEN,
                "requested_subject",
                "victim"));
        assertImpersonates(exchanged);
        JsonNode event = event("UPDATE_CREDENTIAL_ERROR");
        assertEquals("helpdesk", event.at("/details/impersonator").asText(), event.toString());
        assertEquals("exchange", event.at("/details/impersonator_realm").asText(), event.toString());
    }

    @Test
    void aClientThatExchangesForAUserGetsNoToken() {
        allow(permission("/users-management-permissions", "impersonate"));
        assertImpersonates(tokens(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "requested_subject", "victim")));
        for (String type : List.of("UPDATE_CREDENTIAL_ERROR", "REMOVE_CREDENTIAL")) {
            JsonNode event = event(type);
            assertEquals(PROGRAM, event.at("/details/impersonator_client").asText(), event.toString());
            assertFalse(event.path("details").has("impersonator"), event.toString());
        }
    }

    @Test
    void anExchangedTokenOfAnIdentityProviderIsNoSignIn() {
        Realm provider = Realm.fresh(keycloak, "exchange-provider");
        String url = keycloak.url() + provider.path("");
        Answer made = realm.admin("POST", "/identity-provider/instances", """
                {"alias":"provider","providerId":"oidc","enabled":true,"config":{"issuer":"%1$s",
                 "authorizationUrl":"%1$s/protocol/openid-connect/auth","tokenUrl":"%1$s/protocol/openid-connect/token",
                 "userInfoUrl":"%1$s/protocol/openid-connect/userinfo","jwksUrl":"%1$s/protocol/openid-connect/certs",
                 "useJwksUrl":"true","validateSignature":"true","clientId":"qa-hub-cli","clientSecret":"x"}}""".formatted(url));
        assertEquals(201, made.status(), made.text());
        allow(permission("/identity-provider/instances/provider/management/permissions", "token-exchange"));
        provider.newUser("external");
        String external = AccessTokens.accessToken(provider.call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "qa-hub-cli",
                        "scope",
                        "openid",
                        "username",
                        "external",
                        "password",
                        "external"))
                .send());
        JsonNode exchanged = tokens(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                external,
                "subject_token_type",
                ACCESS_TOKEN,
                "subject_issuer",
                "provider"));
        String bearer = exchanged.path("access_token").asText();
        assertEquals(200, realm.list(bearer, "").status());
        BadRequestIT.refused(create(bearer), 401, "insufficient_user_authentication");
        BadRequestIT.refused(create(refresh(exchanged)), 401, "insufficient_user_authentication");
    }

    @Test
    void anExchangeWithinTheSessionOfADirectGrantIsNoSignIn() {
        JsonNode own = tokens(Map.of("grant_type", "password", "username", "victim", "password", "victim"));
        assertEquals(201, create(own.path("access_token").asText()).status());
        JsonNode exchanged = tokens(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                own.path("access_token").asText(),
                "subject_token_type",
                ACCESS_TOKEN));
        BadRequestIT.refused(create(exchanged.path("access_token").asText()), 401, "insufficient_user_authentication");
    }

    private static void assertImpersonates(JsonNode exchanged) {
        JsonNode token = realm.newToken(realm.signIn("victim"), "own");
        for (String bearer : List.of(exchanged.path("access_token").asText(), refresh(exchanged))) {
            BadRequestIT.refused(create(bearer), 403, "access_denied");
            JsonNode policy = realm.list(bearer, "/policy").json();
            assertTrue(policy.path("impersonated").asBoolean(), policy.toString());
        }
        String bearer = refresh(exchanged);
        BadRequestIT.refused(
                realm.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                        .bearer(bearer)
                        .send(),
                403,
                "access_denied");
        assertTrue(realm.isActive(token.path("token").asText()));
        assertEquals(204, realm.revoke(bearer, token.path("id").asText()).status());
        assertFalse(realm.isActive(token.path("token").asText()));
    }

    private static JsonNode tokens(Map<String, String> form) {
        Answer answer = new AccessTokens(realm).post(PROGRAM, new HashMap<>(form));
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private static String refresh(JsonNode tokens) {
        return tokens(Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.path("refresh_token").asText()))
                .path("access_token")
                .asText();
    }

    private static Answer create(String bearer) {
        return realm.create(bearer, "{\"name\":\"ci\",\"scopes\":[\"read\"]}");
    }

    /** Enables fine-grained permissions; returns the id of one. */
    private static String permission(String path, String scope) {
        Answer enabled = realm.admin("PUT", path, "{\"enabled\":true}");
        assertEquals(200, enabled.status(), enabled.text());
        String id = enabled.json().path("scopePermissions").path(scope).asText();
        assertFalse(id.isEmpty(), enabled.text());
        return id;
    }

    /** Gives the program a permission. */
    private static void allow(String permission) {
        String server = "/clients/" + new Admins(realm).clientUuid("realm-management") + "/authz/resource-server";
        Answer policy = realm.admin(
                "POST", server + "/policy/client", """
                {"name":"program %s","clients":["%s"]}""".formatted(permission, new Admins(realm).clientUuid(PROGRAM)));
        assertEquals(201, policy.status(), policy.text());
        ObjectNode changed = (ObjectNode) realm.admin("GET", server + "/permission/scope/" + permission, null)
                .json();
        changed.putArray("policies").add(policy.json().path("id").asText());
        Answer answer = realm.admin("PUT", server + "/permission/scope/" + permission, changed.toString());
        assertEquals(201, answer.status(), answer.text());
    }

    private static JsonNode event(String type) {
        return realm.admin("GET", "/events?type=" + type + "&user=" + user, null)
                .json()
                .path(0);
    }
}
