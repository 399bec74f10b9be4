package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.AccessTokens.accessToken;
import static io.qahub.keycloak.apitokens.server.AccessTokens.claims;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The authenticator at the direct grant: an API token as the password. */
class SignInIT {
    private static final String CLIENT = "qa-hub-legacy";
    private static final String SETTINGS_THAT_WORK =
            "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\"]";
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
    void theOwnerSignsInWithUsernameOrEmailOrOnlyTheToken() {
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
    void theResponseHasNoRefreshTokenIdTokenOrSession() {
        JsonNode answer = tokens.signIn(CLIENT, "alice", secret).json();
        assertEquals("read write", answer.path("scope").asText());
        assertEquals(300, answer.path("expires_in").asInt());
        assertEquals(0, answer.path("refresh_expires_in").asInt());
        assertFalse(answer.has("refresh_token") || answer.has("id_token") || answer.has("session_state"));
        String sessions = realm.admin("GET", "/clients/" + uuid(CLIENT) + "/user-sessions", null)
                .text();
        assertEquals("[]", sessions);
    }

    /** Regardless of the settings of the client and the realm. */
    @Test
    void theAccessTokenHasNoMoreRightsAndNoLongerLifetimeThanTheApiToken() {
        tokens.newClient("generous", SETTINGS_THAT_WORK + """
                ,"protocolMappers":[
                 {"name":"role","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-role-mapper",
                  "config":{"role":"realm-management.realm-admin"}},
                 {"name":"audience","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
                  "config":{"included.client.audience":"account","access.token.claim":"true"}},
                 {"name":"claim","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                  "config":{"claim.name":"scope","claim.value":"admin","access.token.claim":"true"}}],
                "attributes":{"use.refresh.tokens":"false","access.token.lifespan":"86400"},""" + flow());
        realm.admin("PUT", "", "{\"accessTokenLifespan\":86400}");
        Instant expiry = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        String soon = realm.create(
                        realm.signIn("alice"),
                        "{\"name\":\"s\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json()
                .path("token")
                .asText();
        JsonNode claims = claims(accessToken(tokens.signIn("generous", "alice", secret)));
        assertEquals(300, claims.path("exp").asLong() - claims.path("iat").asLong());
        assertEquals("read write", claims.path("scope").asText());
        assertEquals("generous", claims.path("aud").asText());
        assertFalse(claims.has("realm_access") || claims.has("resource_access"), claims.toString());
        claims = claims(accessToken(tokens.signIn("generous", null, soon)));
        assertEquals(expiry.getEpochSecond(), claims.path("exp").asLong());
        realm.admin("PUT", "", "{\"accessTokenLifespan\":120}");
        Answer brief = tokens.signIn("generous", "alice", secret);
        assertEquals(120, brief.json().path("expires_in").asInt());
        realm.admin("PUT", "", "{\"accessTokenLifespan\":300}");
    }

    /** The same fields as for wrong passwords, so that existing monitoring also detects wrong tokens. */
    @Test
    void theEventOfAWrongTokenHasTheFieldsOfAWrongPasswordPlusReasonAndPrefix() {
        tokens.signIn("qa-hub-api", "alice", "a wrong password");
        JsonNode password = newest("LOGIN_ERROR");
        tokens.signIn(
                CLIENT, "alice", MadeUpTokens.withPrefix(token.path("prefix").asText()));
        JsonNode wrong = newest("LOGIN_ERROR");
        for (String field : List.of("type", "error", "userId", "realmId", "ipAddress")) {
            assertFalse(password.path(field).isMissingNode(), field);
            assertEquals(password.path(field), wrong.path(field), field);
        }
        for (String detail : List.of("auth_method", "grant_type", "client_auth_method", "username")) {
            assertFalse(password.path("details").path(detail).isMissingNode(), password.toString());
            assertEquals(
                    password.path("details").path(detail), wrong.path("details").path(detail), detail);
        }
        assertEquals("wrong_secret", wrong.path("details").path("reason").asText());
        assertEquals(token.path("prefix"), wrong.path("details").path("prefix"));
    }

    @Test
    void aWrongTokenFailsLikeAWrongPassword() {
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
    void anotherUsersTokenIsRejectedUnlessTheFlowAcceptsAnyUsername() {
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
    void aPasswordIsRejectedIfOnlyTokensAreAccepted() {
        long mark = Keycloak.get().logMark();
        for (String password : List.of("alice", "", "a.b.c", "QH_", " " + secret)) {
            Answer answer = tokens.signIn(CLIENT, "alice", password);
            BadRequestIT.refused(answer, 400, "invalid_grant");
            JsonNode event = newest("LOGIN_ERROR");
            assertEquals("invalid_user_credentials", event.path("error").asText());
            assertEquals(
                    "the request has no API token",
                    event.path("details").path("reason").asText());
        }
        assertEquals(List.of(), Keycloak.get().stackTracesSince(mark));
    }

    @Test
    void aTokenInTheUsernameFieldIsRejectedAndNotRecorded() {
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
    void scopesThatTheTokenLacksAreRejected() {
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

    /** Keycloak rejects scopes that the client does not have before it calls the authenticator. */
    @Test
    void aSubsetOfTheScopesCanBeRequestedIfTheClientHasThem() {
        tokens.newClient(
                "modest",
                SETTINGS_THAT_WORK + ",\"optionalClientScopes\":[\"read\",\"write\"],"
                        + "\"attributes\":{\"use.refresh.tokens\":\"false\"}," + flow());
        JsonNode claims = claims(accessToken(tokens.signIn("modest", "alice", secret, "scope", "read")));
        assertEquals("read", claims.path("scope").asText());
        assertEquals(
                "read write",
                claims(accessToken(tokens.signIn("modest", "alice", secret, "scope", "write read")))
                        .path("scope")
                        .asText());
    }

    @Test
    void aClientThatCouldObtainMoreAccessIsRejectedWithAMessage() {
        String noRefresh = ",\"attributes\":{\"use.refresh.tokens\":\"false\"";
        Map<String, String> clients = Map.of(
                "scopeless", "\"fullScopeAllowed\":false,\"defaultClientScopes\":[]" + noRefresh + "}",
                "greedy", "\"fullScopeAllowed\":true,\"defaultClientScopes\":[\"api-tokens\"]" + noRefresh + "}",
                "lasting", SETTINGS_THAT_WORK,
                "offline",
                        "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\",\"offline_access\"]"
                                + noRefresh + "}",
                "managing", SETTINGS_THAT_WORK + noRefresh + "}",
                "certified",
                        SETTINGS_THAT_WORK + noRefresh + ",\"tls.client.certificate.bound.access.tokens\":\"true\"}");
        Map<String, String> whys = Map.of(
                "scopeless", "Assign the client scope api-tokens to this client.",
                "greedy", "Turn off Full scope allowed for this client.",
                "lasting", "Turn off Use refresh tokens for this client.",
                "offline", "Remove the default client scope offline_access from this client.",
                "managing",
                        "Remove the role manage-account"
                                + " from the role scope mappings of this client and of its client scopes.",
                "certified", "Use a client whose access tokens are not bound to a key or certificate.");
        clients.forEach((client, settings) -> {
            tokens.newClient(client, settings + "," + flow());
            if (client.equals("managing")) {
                TokenExchangeIT.map(realm, "/clients/" + uuid(client), "account", "manage-account");
            }
            Answer answer = tokens.signIn(client, "alice", secret);
            BadRequestIT.refused(answer, 400, "unauthorized_client");
            assertEquals(
                    whys.get(client), answer.json().path("error_description").asText());
            assertEquals(
                    whys.get(client),
                    newest("LOGIN_ERROR").path("details").path("reason").asText());
        });
    }

    /** In a browser flow, it would create a session, which grants more than a token. */
    @Test
    void inABrowserFlowTheExecutionHasNoEffect() {
        realm.admin("POST", "/clients", """
                {"clientId":"site","publicClient":true,"fullScopeAllowed":false,"defaultClientScopes":["api-tokens"],
                 "redirectUris":["https://site.example/*"],"authenticationFlowBindingOverrides":{"browser":"%s"}}""".formatted(flowId()));
        String url = "/protocol/openid-connect/auth?client_id=site&response_type=code&scope=openid"
                + "&redirect_uri=https://site.example/";
        for (Http call : List.of(
                realm.call("GET", url).bearer(secret), realm.call("GET", url).basic("alice", secret))) {
            Answer answer = call.send();
            assertEquals(400, answer.status());
            assertFalse(String.valueOf(answer.response().headers().map()).contains("KEYCLOAK_IDENTITY"));
        }
    }

    /** As documented: the token first, then a sub-flow for passwords. */
    @Test
    void aFlowAcceptsTokensAndPasswordsAndNeverTriesATokenAsAPassword() {
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

    /** As the flow editor of the console reads it. */
    @Test
    void theFlowEditorShowsTheHelpTextOfTheExecution() {
        String path = "/authentication/config-description/api-token-authenticator";
        JsonNode description = realm.admin("GET", path, null).json();
        assertEquals("API token", description.path("name").asText());
        assertTrue(description.path("helpText").asText().contains("the password of the direct grant"));
        JsonNode setting = description.path("properties").path(0);
        assertEquals("Any username", setting.path("label").asText());
        assertEquals("boolean", setting.path("type").asText());
        assertFalse(setting.path("helpText").asText().isEmpty());
    }

    private static String flow() {
        return "\"authenticationFlowBindingOverrides\":{\"direct_grant\":\"" + flowId()
                + "\"},\"directAccessGrantsEnabled\":true";
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
