package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What grantable scopes open at gateways, and gateways that require one by name. */
class GatewayScopesIT {
    private static final String HEADER = "X-Api-Tokens-Scope";
    private static Realm realm;
    private static String token;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("gateway-scopes");
        ClientScopes admin = new ClientScopes(realm);
        newScope(admin, "cases:read", "GET HEAD");
        newScope(admin, "runs:upload", "POST, PROPFIND");
        newScope(admin, "nothing", "");
        admin.newGrantable("elsewhere"); // not assigned to the gateway
        token = newToken("[\"cases:read\",\"runs:upload\",\"nothing\",\"elsewhere\"]");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    private static void newScope(ClientScopes admin, String name, String methods) {
        String id = admin.create(name, "\"apiTokens.grantable\":\"true\",\"apiTokens.methods\":\"" + methods + "\"");
        admin.assign("qa-hub-api", id, "optional");
    }

    private static String newToken(String scopes) {
        return realm.create(realm.signIn("alice"), "{\"name\":\"t\",\"scopes\":" + scopes + "}")
                .json()
                .path("token")
                .asText();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,200",
        "HEAD,200",
        "POST,200",
        "OPTIONS,403",
        "PUT,403",
        "PATCH,403",
        "DELETE,403",
        "PROPFIND,403",
        "get,403"
    })
    void aScopeOpensTheMethodsInItsAttribute(String method, int status) {
        Answer answer = ask(method, token).send();
        assertEquals(status, answer.status(), answer.text());
        if (status == 200) {
            assertEquals("cases:read nothing runs:upload", answer.header("X-Auth-Scopes"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,cases:read,200",
        "POST,runs:upload,200",
        "GET,runs:upload,403",
        "POST,cases:read,403",
        "GET,nothing,403",
        "GET,elsewhere,403",
        "GET,read,403",
        "POST,write,403",
        "GET,cases:read runs:upload,403"
    })
    void aScopeThatTheGatewayRequiresByNameMustOpenTheMethod(String method, String scope, int status) {
        Answer answer = ask(method, token).header(HEADER, scope).send();
        assertEquals(status, answer.status(), answer.text());
        if (status == 403) {
            assertTrue(answer.header("WWW-Authenticate").endsWith("scope=\"" + scope + "\""));
        }
    }

    @Test
    void aTokenForAnotherApiIsInvalidHere() {
        Answer answer = ask("GET", newToken("[\"elsewhere\"]")).send();
        assertEquals(401, answer.status());
        assertTrue(answer.header("WWW-Authenticate").contains("error=\"invalid_token\""));
    }

    /** An end user might send the header to a gateway that does not set it, or before the gateway adds its own. */
    @Test
    void theHeaderCannotExtendWhatIsAuthorized() {
        String reader = newToken("[\"read\"]");
        assertEquals(403, ask("POST", reader).header(HEADER, "read").send().status());
        assertEquals(200, ask("GET", reader).header(HEADER, "read").send().status());
        assertEquals(
                403,
                ask("POST", token)
                        .header(HEADER, "runs:upload")
                        .header(HEADER, "write")
                        .send()
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "x\\y", "a, b", "read=\"x\""})
    void aNameThatIsNoScopeIsDeniedAndNotRepeated(String name) {
        Answer answer = ask("GET", newToken("[\"read\"]")).header(HEADER, name).send();
        assertEquals(403, answer.status());
        assertTrue(answer.header("WWW-Authenticate")
                .endsWith(" scope=\"" + (name.equals("a, b") ? "a, b" : "read") + "\""));
    }

    @Test
    void anAccessTokenOfKeycloakFollowsTheSameRules() {
        ClientScopes admin = new ClientScopes(realm);
        String scope = admin.create(
                "logs:read",
                "\"apiTokens.grantable\":\"true\",\"apiTokens.methods\":\"GET\",\"include.in.token.scope\":\"true\"",
                """
                [{"name":"audience","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
                  "config":{"included.client.audience":"qa-hub-api","access.token.claim":"true"}}]""");
        admin.assign("qa-hub-cli", scope, "optional");
        String jwt = realm.call("POST", "/protocol/openid-connect/token")
                .form("grant_type=password&client_id=qa-hub-cli&username=alice&password=alice&scope=logs:read")
                .send()
                .json()
                .path("access_token")
                .asText();
        assertEquals(403, ask("GET", jwt).send().status());
        admin.assign("qa-hub-api", scope, "optional");
        Answer answer = ask("GET", jwt).send();
        assertEquals(200, answer.status(), answer.text());
        assertEquals("logs:read", answer.header("X-Auth-Scopes"));
        assertEquals(403, ask("POST", jwt).send().status());
        assertFalse(answer.header("X-Auth-User").isEmpty());
    }

    private static Http ask(String method, String token) {
        return Gateway.asks(realm, "GET", "", token).header("X-Original-Method", method);
    }
}
