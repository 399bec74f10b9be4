package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Administrators who act as a user can view and revoke the user's tokens, but cannot obtain one. */
class ImpersonationIT {
    private static final String CI = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static Realm realm;
    private static Admins admins;
    private static int robots;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("impersonation");
        admins = new Admins(realm);
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":
                 ["UPDATE_CREDENTIAL","UPDATE_CREDENTIAL_ERROR","REMOVE_CREDENTIAL"]}""");
        Stream.of(Agent.values()).forEach(agent -> agent.create(realm));
        policy("");
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
        String own = newClientAdmin("client-admin");
        String console = BrowserSession.impersonate(realm, realm.adminToken(), realm.userId("client-admin"))
                .accessToken("security-admin-console");
        assertServiceAccountIsOutOfReach(own, console, "admin");
    }

    @ParameterizedTest
    @EnumSource
    void anActorWhomTheAccessTokenNamesGetsNoToken(Agent agent) {
        String name = "user-of-" + agent.client();
        String user = realm.newUser(name);
        JsonNode token = realm.newToken(realm.signIn(name), "own");
        String bearer = agent.signIn(realm, name);
        refused(realm.create(bearer, CI));
        assertActor("robot", event("UPDATE_CREDENTIAL_ERROR", user));
        refused(rotate(bearer, token.path("id").asText()));
        JsonNode policy = realm.list(bearer, "/policy").json();
        assertTrue(policy.path("impersonated").asBoolean(), policy.toString());
        assertEquals(204, realm.revoke(bearer, token.path("id").asText()).status());
        assertFalse(realm.isActive(token.path("token").asText()));
        assertActor("robot", event("REMOVE_CREDENTIAL", user));
    }

    @ParameterizedTest
    @EnumSource
    void anActorOfAnAdministratorGetsNoTokenOfAServiceAccount(Agent agent) {
        String name = "admin-of-" + agent.client();
        String own = newClientAdmin(name);
        assertServiceAccountIsOutOfReach(own, agent.signIn(realm, name), "robot");
    }

    @Test
    void anActorOfAnAdministratorOfTheMasterRealmGetsNoTokenOfAServiceAccount() {
        Realm master = new Realm("master");
        Agent agent = Agent.LIGHTWEIGHT_AT_INTROSPECTION;
        agent.create(master);
        try {
            assertServiceAccountIsOutOfReach(master.adminToken(), agent.signIn(master, "admin"), "robot");
        } finally {
            master.admin("DELETE", "/clients/" + new Admins(master).clientUuid(agent.client()), null);
        }
    }

    /** Keycloak's introspection fails for such a client. */
    @Test
    void ifAMapperFailsNoTokenIsCreatedButTokensAreRevoked() {
        new AccessTokens(realm).newClient("broken", "\"directAccessGrantsEnabled\":true,\"fullScopeAllowed\":true");
        new AccessTokens(realm).newClient("robot-of-broken", "\"serviceAccountsEnabled\":true");
        String user = realm.newUser("user-of-broken");
        admins.grant(user, "realm-management", "manage-clients");
        JsonNode token = realm.newToken(realm.signIn("user-of-broken"), "own");
        String bearer = signIn(realm, "broken", "user-of-broken");
        Answer mapper =
                realm.admin("POST", "/clients/" + admins.clientUuid("broken") + "/protocol-mappers/models", """
                        {"name":"no role","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-role-mapper"}""");
        assertEquals(201, mapper.status(), mapper.text());
        assertEquals(1, realm.list(bearer, "").json().size());
        BadRequestIT.refused(realm.create(bearer, CI), 503, "temporarily_unavailable");
        BadRequestIT.refused(realm.list(bearer, "/policy"), 503, "temporarily_unavailable");
        Answer ofRobot = admins.create(bearer, """
                {"client":"robot-of-broken","name":"t","scopes":["read"]}""");
        BadRequestIT.refused(ofRobot, 503, "temporarily_unavailable");
        assertEquals(204, realm.revoke(bearer, token.path("id").asText()).status());
        assertFalse(realm.isActive(token.path("token").asText()));
        assertEquals(1, events("REMOVE_CREDENTIAL", user).size());
    }

    @Test
    void anEventAboutAShortenedTokenNamesTheActorOfTheAdministrator() {
        newClientAdmin("shortener");
        String user = realm.newUser("user-of-shortener");
        realm.newToken(realm.signIn("user-of-shortener"), "endless");
        policy(",\"apiTokens.maxLifetimeDays\":\"30\"");
        try {
            Answer shortened = admins.shorten(Agent.AT_INTROSPECTION.signIn(realm, "shortener"), "{}");
            assertEquals(200, shortened.status(), shortened.text());
        } finally {
            policy("");
        }
        JsonNode event = event("UPDATE_CREDENTIAL", user);
        assertEquals("admin", event.at("/details/shortened_by").asText(), event.toString());
        assertActor("robot", event);
    }

    private static void policy(String more) {
        realm.admin("PUT", "", """
                {"attributes":{"apiTokens.allowedClients":"account-console qa-hub-cli %s"%s}}""".formatted(
                        Stream.of(Agent.values()).map(Agent::client).collect(Collectors.joining(" ")), more));
    }

    private static String signIn(Realm realm, String client, String user) {
        return AccessTokens.accessToken(new AccessTokens(realm)
                .post(client, new HashMap<>(Map.of("grant_type", "password", "username", user, "password", user))));
    }

    private static String newClientAdmin(String name) {
        return admins.newAdmin(name, "manage-clients", "manage-users", "view-users");
    }

    /** Asserts that only {@code own} can create a token, and that events about the other access token name the actor. */
    private static void assertServiceAccountIsOutOfReach(String own, String bearer, String actor) {
        String client = "robot-" + robots++;
        new AccessTokens(realm).newClient(client, "\"serviceAccountsEnabled\":true");
        String robot = "{\"client\":\"%1$s\",\"name\":\"of-%1$s\",\"scopes\":[\"read\"]}".formatted(client);
        assertEquals(200, admins.list(bearer, "").status());
        refused(admins.create(bearer, robot));
        JsonNode token = created(admins.create(own, robot));
        created(admins.create(own, robot));
        String user = token.path("userId").asText();
        assertActor(actor, event("UPDATE_CREDENTIAL_ERROR", user));
        assertEquals(204, admins.revoke(bearer, token.path("id").asText()).status());
        assertActor(actor, event("REMOVE_CREDENTIAL", user));
        Answer bulk = admins.revokeAll(bearer, "{\"filter\":{\"search\":\"of-%s\"}}".formatted(client));
        assertEquals(1, bulk.json().path("revoked").asInt(), bulk.text());
        JsonNode events = events("REMOVE_CREDENTIAL", user);
        assertEquals(2, events.size());
        events.forEach(event -> assertActor(actor, event));
    }

    private static JsonNode created(Answer answer) {
        assertEquals(201, answer.status(), answer.text());
        return answer.json();
    }

    private static void assertActor(String actor, JsonNode event) {
        assertEquals(actor, event.at("/details/impersonator").asText(), event.toString());
    }

    /** A client with a protocol mapper that adds the claim of a delegation (RFC 8693). */
    private enum Agent {
        IN_TOKEN(false, "access.token"),
        AT_INTROSPECTION(false, "introspection.token"),
        IN_LIGHTWEIGHT_TOKEN(true, "lightweight"),
        LIGHTWEIGHT_AT_INTROSPECTION(true, "introspection.token");

        private final boolean isLightweight;
        private final String place;

        Agent(boolean isLightweight, String place) {
            this.isLightweight = isLightweight;
            this.place = place;
        }

        String client() {
            return "agent-" + ordinal();
        }

        void create(Realm realm) {
            new AccessTokens(realm).newClient(client(), """
                    "directAccessGrantsEnabled":true,"fullScopeAllowed":true,
                    "attributes":{"client.use.lightweight.access.token.enabled":"%b"},
                    "protocolMappers":[{"name":"actor","protocol":"openid-connect",
                      "protocolMapper":"oidc-hardcoded-claim-mapper","config":{"claim.name":"act",
                       "claim.value":"{\\"sub\\":\\"robot\\"}","jsonType.label":"JSON","access.token.claim":"false",
                       "introspection.token.claim":"false","%s.claim":"true"}}]""".formatted(isLightweight, place));
        }

        String signIn(Realm realm, String user) {
            String bearer = ImpersonationIT.signIn(realm, client(), user);
            JsonNode claims = AccessTokens.claims(bearer);
            assertEquals(this == IN_TOKEN || this == IN_LIGHTWEIGHT_TOKEN, claims.has("act"), claims.toString());
            return bearer;
        }
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
        return events(type, user).path(0);
    }

    private static JsonNode events(String type, String user) {
        return realm.admin("GET", "/events?type=" + type + "&user=" + user, null)
                .json();
    }
}
