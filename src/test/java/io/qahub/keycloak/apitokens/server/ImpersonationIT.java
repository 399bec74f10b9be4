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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators who act as a user can view and revoke the user's tokens, but cannot obtain one. */
class ImpersonationIT {
    private static final String CI = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static Realm realm;
    private static Admins admins;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("impersonation");
        admins = new Admins(realm);
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":
                 ["UPDATE_CREDENTIAL","UPDATE_CREDENTIAL_ERROR","REMOVE_CREDENTIAL"]}""");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @CsvSource({"admin, master, ", "realm-admin, impersonation, realm-admin", "helpdesk, impersonation, impersonation"})
    void anImpersonatorRevokesTokensButGetsNone(String admin, String adminRealm, String role) {
        String user = realm.newUser("user-of-" + admin);
        JsonNode token = realm.newToken(realm.signIn("user-of-" + admin), "own");
        String id = token.path("id").asText();
        String bearer = role == null ? realm.adminToken() : admins.newAdmin(admin, role);
        String console = BrowserSession.impersonate(realm, bearer, user).accessToken("account-console");

        refused(realm.create(console, CI));
        assertNamed(event("UPDATE_CREDENTIAL_ERROR", user), admin, adminRealm);
        refused(rotate(console, id));
        assertEquals(1, realm.list(console, "").json().size());
        assertEquals(200, realm.list(console, "/" + id).status());
        JsonNode policy = realm.list(console, "/policy").json();
        assertTrue(policy.path("impersonated").asBoolean(), policy.toString());
        assertFalse(policy.path("mayCreate").asBoolean(), policy.toString());
        assertTrue(realm.isActive(token.path("token").asText()), "was not rotated");

        assertEquals(204, realm.revoke(console, id).status());
        assertFalse(realm.isActive(token.path("token").asText()));
        assertNamed(event("REMOVE_CREDENTIAL", user), admin, adminRealm);
    }

    @Test
    void aRefreshedOrOfflineAccessTokenOfAnImpersonationIsRefusedToo() {
        String user = realm.newUser("refreshed");
        BrowserSession session = BrowserSession.impersonate(realm, realm.adminToken(), user);
        for (String scope : new String[] {"openid", "openid offline_access"}) {
            String refreshToken = session.tokens("account-console", scope)
                    .path("refresh_token")
                    .asText();
            JsonNode refreshed = realm.call("POST", "/protocol/openid-connect/token")
                    .form(Map.of(
                            "grant_type",
                            "refresh_token",
                            "client_id",
                            "account-console",
                            "refresh_token",
                            refreshToken))
                    .send()
                    .json();
            refused(realm.create(refreshed.path("access_token").asText(), CI));
        }
    }

    @Test
    void theUserIsNotAffected() {
        realm.newUser("victim");
        String own = BrowserSession.signIn(realm, "victim").accessToken("account-console");
        Answer created = realm.create(own, CI);
        assertEquals(201, created.status(), created.text());
        JsonNode policy = realm.list(own, "/policy").json();
        assertFalse(policy.path("impersonated").asBoolean(true), policy.toString());
        assertTrue(policy.path("mayCreate").asBoolean(), policy.toString());
        realm.revoke(own, created.json().path("id").asText());
        JsonNode event = event("REMOVE_CREDENTIAL", realm.userId("victim"));
        assertFalse(event.path("details").has("impersonator"), event.toString());
    }

    @Test
    void anImpersonatedAdministratorGetsNoTokenOfAServiceAccount() {
        new AccessTokens(realm).newClient("robot", "\"serviceAccountsEnabled\":true");
        admins.newAdmin("client-admin", "manage-clients", "view-users");
        String ownBearer = realm.signIn("client-admin");
        String robot = "{\"client\":\"robot\",\"name\":\"ci\",\"scopes\":[\"read\"]}";
        assertEquals(201, admins.create(ownBearer, robot).status());
        String console = BrowserSession.impersonate(realm, realm.adminToken(), realm.userId("client-admin"))
                .accessToken("security-admin-console");
        assertEquals(200, admins.list(console, "").status());
        refused(admins.create(console, robot));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anActorWhomTheAccessTokenNamesGetsNoToken(boolean isLightweight) {
        String client = "agent-" + isLightweight;
        newAgent(client, isLightweight);
        realm.admin("PUT", "", """
                {"attributes":{"apiTokens.allowedClients":"account-console qa-hub-cli %s"}}""".formatted(client));
        String name = "delegated-" + isLightweight;
        String user = realm.newUser(name);
        JsonNode token = realm.newToken(realm.signIn(name), "own");
        String bearer = signIn(client, name);
        refused(realm.create(bearer, CI));
        JsonNode event = event("UPDATE_CREDENTIAL_ERROR", user);
        assertEquals("robot", event.at("/details/impersonator").asText(), event.toString());
        refused(rotate(bearer, token.path("id").asText()));
        assertEquals(204, realm.revoke(bearer, token.path("id").asText()).status());
        assertFalse(realm.isActive(token.path("token").asText()));
        event = event("REMOVE_CREDENTIAL", user);
        assertEquals("robot", event.at("/details/impersonator").asText(), event.toString());
    }

    @Test
    void anActorOfAnAdministratorGetsNoTokenOfAServiceAccount() {
        newAgent("admin-agent", false);
        new AccessTokens(realm).newClient("delegated-robot", "\"serviceAccountsEnabled\":true");
        admins.newAdmin("delegating-admin", "manage-clients", "view-users");
        String robot = "{\"client\":\"delegated-robot\",\"name\":\"ci\",\"scopes\":[\"read\"]}";
        String bearer = signIn("admin-agent", "delegating-admin");
        assertEquals(200, admins.list(bearer, "").status());
        refused(admins.create(bearer, robot));
        assertEquals(201, admins.create(realm.signIn("delegating-admin"), robot).status());
    }

    /** Creates a client with a protocol mapper that adds the claim of a delegation (RFC 8693). */
    private static void newAgent(String client, boolean isLightweight) {
        new AccessTokens(realm).newClient(client, """
                "directAccessGrantsEnabled":true,"fullScopeAllowed":true,
                "attributes":{"client.use.lightweight.access.token.enabled":"%b"},
                "protocolMappers":[{"name":"actor","protocol":"openid-connect",
                  "protocolMapper":"oidc-hardcoded-claim-mapper","config":{"claim.name":"act",
                   "claim.value":"{\\"sub\\":\\"robot\\"}","jsonType.label":"JSON",
                   "access.token.claim":"true","introspection.token.claim":"true"}}]""".formatted(isLightweight));
    }

    private static String signIn(String client, String user) {
        return AccessTokens.accessToken(new AccessTokens(realm)
                .post(client, new HashMap<>(Map.of("grant_type", "password", "username", user, "password", user))));
    }

    private static void refused(Answer answer) {
        BadRequestIT.refused(answer, 403, "access_denied");
        assertTrue(answer.text().contains("acting as another user"), answer.text());
    }

    private static Answer rotate(String bearer, String id) {
        return realm.call("POST", "/api-tokens/" + id + "/rotate")
                .bearer(bearer)
                .send();
    }

    private static void assertNamed(JsonNode event, String admin, String adminRealm) {
        assertEquals(admin, event.path("details").path("impersonator").asText(), event.toString());
        assertEquals(
                adminRealm, event.path("details").path("impersonator_realm").asText(), event.toString());
        assertEquals("api-token", event.path("details").path("credential_type").asText(), event.toString());
        assertEquals("account-console", event.path("clientId").asText(), event.toString());
    }

    private static JsonNode event(String type, String user) {
        return realm.admin("GET", "/events?type=" + type + "&user=" + user, null)
                .json()
                .path(0);
    }
}
