package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.AccessTokens.accessToken;
import static io.qahub.keycloak.apitokens.server.AccessTokens.claims;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The authenticator at the direct grant: an API token as the password. */
class SignInIT {
    private static final String CLIENT = "qa-hub-legacy";
    private static Realm realm;
    private static AccessTokens tokens;
    private static String aliceId;
    private static JsonNode token;
    private static String secret;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("sign-in");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["LOGIN","LOGIN_ERROR"]}""");
        tokens = new AccessTokens(realm);
        aliceId = realm.admin("GET", "/users?exact=true&username=alice", null)
                .json()
                .path(0)
                .path("id")
                .asText();
        token = realm.newToken(realm.signIn("alice"), "key");
        secret = token.path("token").asText();
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void theOwnerSignsInWithUsernameOrEmailOrTheTokenAlone() {
        for (String username : new String[] {"alice", "ALICE", "alice@example.org", "", null}) {
            Answer answer = tokens.signIn(CLIENT, username, secret);
            assertEquals(200, answer.status(), username + answer.text());
            JsonNode claims = claims(accessToken(answer));
            assertEquals(aliceId, claims.path("sub").asText());
            assertEquals("ApiToken", claims.path("typ").asText());
            assertEquals("read write", claims.path("scope").asText());
            assertEquals(CLIENT, claims.path("aud").asText());
            assertFalse(claims.has("sid") || claims.has("realm_access") || claims.has("resource_access"));
        }
        JsonNode event = newest("LOGIN");
        assertEquals(aliceId, event.path("userId").asText());
        assertEquals(CLIENT, event.path("clientId").asText());
        assertEquals(token.path("prefix"), event.path("details").path("prefix"));
        assertEquals("api-token", event.path("details").path("credential_type").asText());
    }

    @Test
    void theAnswerHasNoRefreshTokenNoIdTokenAndNoSession() {
        JsonNode answer = tokens.signIn(CLIENT, "alice", secret).json();
        assertEquals("read write", answer.path("scope").asText());
        assertEquals(300, answer.path("expires_in").asInt());
        assertEquals(0, answer.path("refresh_expires_in").asInt());
        assertFalse(answer.has("refresh_token") || answer.has("id_token") || answer.has("session_state"));
        String sessions = realm.admin("GET", "/clients/" + uuid(CLIENT) + "/user-sessions", null)
                .text();
        assertEquals("[]", sessions);
    }

    @Test
    void aWrongTokenIsAFailureAsAWrongPasswordIs() {
        String alice = realm.signIn("alice");
        JsonNode revoked = realm.newToken(alice, "revoked");
        realm.revoke(alice, revoked.path("id").asText());
        Map<String, String> reasons = Map.of(
                MadeUpTokens.withPrefix(token.path("prefix").asText()),
                "wrong_secret",
                MadeUpTokens.withPrefix("000000"),
                "unknown",
                revoked.path("token").asText(),
                "revoked",
                "qh_nonsense",
                "malformed");
        reasons.forEach((wrong, reason) -> {
            Answer answer = tokens.signIn(CLIENT, "alice", wrong);
            BadRequestIT.refused(answer, 400, "invalid_grant");
            assertEquals(
                    "Invalid user credentials",
                    answer.json().path("error_description").asText());
            JsonNode event = newest("LOGIN_ERROR");
            assertEquals("invalid_user_credentials", event.path("error").asText());
            assertEquals(reason, event.path("details").path("reason").asText());
            assertEquals("alice", event.path("details").path("username").asText());
            boolean isToken = wrong.length() > 40;
            assertEquals(
                    isToken ? wrong.substring(3, 9) : "",
                    event.path("details").path("prefix").asText());
            assertFalse(event.toString().contains(isToken ? wrong.substring(10) : wrong));
        });
        assertEquals(200, tokens.signIn(CLIENT, "alice", secret).status());
    }

    @Test
    void theTokenOfAnotherIsRefusedUnlessTheFlowTakesAnyUsername() {
        Answer answer = tokens.signIn(CLIENT, "bob", secret);
        BadRequestIT.refused(answer, 400, "invalid_grant");
        assertEquals(
                "the username is not that of the token's owner",
                newest("LOGIN_ERROR").path("details").path("reason").asText());
        String execution = realm.admin(
                        "GET", "/authentication/flows/sign%20in%20with%20an%20API%20token/executions", null)
                .json()
                .path(0)
                .path("id")
                .asText();
        String config = realm.admin("POST", "/authentication/executions/" + execution + "/config", """
                        {"alias":"any","config":{"anyUsername":"true"}}""")
                .header("Location");
        assertEquals(
                aliceId,
                claims(accessToken(tokens.signIn(CLIENT, "bob", secret)))
                        .path("sub")
                        .asText());
        realm.admin("DELETE", "/authentication/config/" + config.substring(config.lastIndexOf('/') + 1), null);
        assertEquals(400, tokens.signIn(CLIENT, "bob", secret).status());
    }

    @Test
    void aPasswordDoesNotSignInWhereOnlyTokensDo() {
        assertNotEquals(200, tokens.signIn(CLIENT, "alice", "alice").status());
        assertNotEquals(200, tokens.signIn(CLIENT, "alice", "").status());
    }

    @Test
    void aTokenInTheUsernameFieldIsRefusedAndNotWrittenDown() {
        long mark = Keycloak.get().logMark();
        for (String password : List.of("", "alice", secret)) {
            BadRequestIT.refused(tokens.signIn(CLIENT, secret, password), 400, "invalid_grant");
            BadRequestIT.refused(tokens.signIn("qa-hub-api", secret, password), 400, "invalid_grant");
            BadRequestIT.refused(tokens.signIn("qa-hub-api", secret + "x", password), 400, "invalid_grant");
        }
        String hidden = secret.substring(10);
        assertFalse(Keycloak.get().logSince(mark).contains(hidden));
        assertFalse(realm.admin("GET", "/events?max=1000", null).text().contains(hidden));
    }

    @Test
    void moreThanTheTokensScopesCannotBeAskedFor() {
        String read = realm.create(realm.signIn("alice"), "{\"name\":\"r\",\"scopes\":[\"read\"]}")
                .json()
                .path("token")
                .asText();
        assertEquals(
                "read",
                claims(accessToken(tokens.signIn(CLIENT, null, read)))
                        .path("scope")
                        .asText());
        for (String scope : List.of("openid", "basic", "write", "offline_access")) {
            Answer answer = tokens.signIn(CLIENT, null, read, "scope", scope);
            BadRequestIT.refused(answer, 400, "invalid_scope");
        }
    }

    @Test
    void aClientThatCouldBeGivenMoreIsRefusedAndToldWhy() {
        String flow = "\"authenticationFlowBindingOverrides\":{\"direct_grant\":\"" + flowId()
                + "\"},\"directAccessGrantsEnabled\":true";
        String noRefresh = "\"attributes\":{\"use.refresh.tokens\":\"false\"}";
        Map<String, String> clients = Map.of(
                "scopeless", "\"fullScopeAllowed\":false,\"defaultClientScopes\":[]," + noRefresh,
                "greedy", "\"fullScopeAllowed\":true,\"defaultClientScopes\":[\"api-tokens\"]," + noRefresh,
                "lasting", "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\"]",
                "offline",
                        "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\",\"offline_access\"],"
                                + noRefresh);
        Map<String, String> whys = Map.of(
                "scopeless", "Assign the client scope api-tokens to this client.",
                "greedy", "Turn off Full scope allowed for this client.",
                "lasting", "Turn off Use refresh tokens for this client.",
                "offline", "Remove the default client scope offline_access from this client.");
        clients.forEach((client, settings) -> {
            tokens.newClient(client, settings + "," + flow);
            Answer answer = tokens.signIn(client, "alice", secret);
            BadRequestIT.refused(answer, 400, "unauthorized_client");
            assertEquals(
                    whys.get(client), answer.json().path("error_description").asText());
            assertEquals(
                    whys.get(client),
                    newest("LOGIN_ERROR").path("details").path("reason").asText());
        });
    }

    /** In a browser it would lead to a session, which is more than a token is. */
    @Test
    void inAFlowForBrowsersItDoesNothing() {
        realm.admin("POST", "/clients", """
                {"clientId":"site","publicClient":true,"fullScopeAllowed":false,"defaultClientScopes":["api-tokens"],
                 "redirectUris":["https://site.example/*"],"authenticationFlowBindingOverrides":{"browser":"%s"}}""".formatted(flowId()));
        String url = "/protocol/openid-connect/auth?client_id=site&response_type=code&scope=openid"
                + "&redirect_uri=https://site.example/";
        for (Http call : List.of(
                realm.call("GET", url).bearer(secret), realm.call("GET", url).basic("alice", secret))) {
            Answer answer = call.send();
            assertNotEquals(302, answer.status());
            assertFalse(String.valueOf(answer.response().headers().map()).contains("KEYCLOAK_IDENTITY"));
        }
    }

    /** As the documentation has it: the token first, then a sub-flow for passwords. */
    @Test
    void aFlowTakesTokensAndPasswordsAndNeverATokenForAPassword() {
        Answer flow = realm.admin("POST", "/authentication/flows", """
                {"alias":"both","providerId":"basic-flow","topLevel":true,"builtIn":false}""");
        String flowId =
                flow.header("Location").substring(flow.header("Location").lastIndexOf('/') + 1);
        add("both", "execution", "{\"provider\":\"api-token-authenticator\"}");
        add("both", "flow", "{\"alias\":\"passwords\",\"type\":\"basic-flow\",\"provider\":\"\"}");
        add("passwords", "execution", "{\"provider\":\"direct-grant-validate-username\"}");
        add("passwords", "execution", "{\"provider\":\"direct-grant-validate-password\"}");
        for (JsonNode each : realm.admin("GET", "/authentication/flows/both/executions", null)
                .json()) {
            String requirement = each.path("level").asInt() == 0 ? "ALTERNATIVE" : "REQUIRED";
            String json = ((ObjectNode) each).put("requirement", requirement).toString();
            realm.admin("PUT", "/authentication/flows/both/executions", json);
        }
        tokens.newClient("either", """
                "fullScopeAllowed":false,"defaultClientScopes":["basic","api-tokens"],"directAccessGrantsEnabled":true,
                "attributes":{"use.refresh.tokens":"false"},"authenticationFlowBindingOverrides":{"direct_grant":"%s"}""".formatted(flowId));

        assertEquals("ApiToken", type(tokens.signIn("either", "alice", secret)));
        assertEquals("Bearer", type(tokens.signIn("either", "alice", "alice")));
        realm.admin("POST", "/users", """
                {"username":"qh_carol","enabled":true,"email":"carol@example.org","firstName":"C","lastName":"C",
                 "credentials":[{"type":"password","value":"carol"}]}""");
        assertEquals("Bearer", type(tokens.signIn("either", "qh_carol", "carol")));
        BadRequestIT.refused(tokens.signIn("either", "alice", "qh_alice"), 400, "invalid_grant");
        assertEquals(
                "malformed",
                newest("LOGIN_ERROR").path("details").path("reason").asText());
    }

    private static void add(String flow, String kind, String json) {
        Answer answer = realm.admin("POST", "/authentication/flows/" + flow + "/executions/" + kind, json);
        assertEquals(201, answer.status(), answer.text());
    }

    private static String type(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        return claims(accessToken(answer)).path("typ").asText();
    }

    private static String flowId() {
        for (JsonNode flow : realm.admin("GET", "/authentication/flows", null).json()) {
            if (flow.path("alias").asText().equals("sign in with an API token")) {
                return flow.path("id").asText();
            }
        }
        throw new AssertionError("the demo realm has no such flow");
    }

    private static String uuid(String client) {
        return realm.admin("GET", "/clients?clientId=" + client, null)
                .json()
                .path(0)
                .path("id")
                .asText();
    }

    private static JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }
}
