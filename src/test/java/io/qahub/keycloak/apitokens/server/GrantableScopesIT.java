package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client scopes that tokens may be given: who may choose them, and where they are good. */
class GrantableScopesIT {
    private static Realm realm;
    private static ClientScopes admin;
    private static String casesRead;
    private static String casesWrite;
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("grantable");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["INTROSPECT_TOKEN_ERROR"]}""");
        admin = new ClientScopes(realm);
        admin.newResourceServer("cases-api");
        admin.newResourceServer("runs-api");
        admin.newRole("editor");
        casesRead = admin.create(
                "cases:read",
                "\"apiTokens.grantable\":\"true\",\"consent.screen.text\":\"${casesReadText}\",\"unused\":\"x\"");
        casesWrite = admin.newGrantable("cases:write");
        admin.requireRole(casesWrite, "editor");
        admin.assign("cases-api", casesRead, "optional");
        admin.assign("cases-api", casesWrite, "default");
        admin.create("not:grantable", "\"apiTokens.grantable\":\"false\"");
        text("en", "Read test cases");
        text("de", "Testfälle lesen");
        admin.roleOf("POST", "users/" + realm.userId("bob"), "editor");
    }

    private static void text(String language, String text) {
        assertEquals(
                204,
                Http.call("PUT", "/admin/realms/grantable/localization/" + language + "/casesReadText")
                        .bearer(Realm.admin())
                        .body("text/plain; charset=UTF-8", text)
                        .send()
                        .status());
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void theOwnersPolicyListsTheScopesThatTheOwnerMayChoose() {
        assertEquals(List.of("cases:read", "read", "write"), names(policy("alice", "en")));
        assertEquals(List.of("cases:read", "cases:write", "read", "write"), names(policy("bob", "en")));
        JsonNode scope = policy("bob", "en").path(0);
        assertEquals("Read test cases", scope.path("text").asText());
        assertEquals("[\"cases-api\"]", scope.path("resourceServers").toString());
        assertFalse(scope.path("builtIn").asBoolean());
        assertEquals("Testfälle lesen", policy("bob", "de").path(0).path("text").asText());
        assertEquals(
                "{\"name\":\"read\",\"text\":null,\"builtIn\":true,\"resourceServers\":null}",
                policy("bob", "en").path(2).toString());
    }

    @Test
    void anOwnerChoosesScopesOfTheirOwn() {
        assertEquals(
                "[\"cases:read\",\"write\"]",
                created("[\"write\",\"cases:read\"]").path("scopes").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cases:write",
                "not:grantable",
                "profile",
                "api-tokens",
                "offline_access",
                "read write",
                "",
                "READ",
                "cases:read\\u0000",
                "\\\"",
                "*"
            })
    void anOwnerCannotChooseOtherScopes(String name) {
        Answer answer = realm.create(alice, "{\"name\":\"t\",\"scopes\":[\"" + name + "\"]}");
        assertEquals(400, answer.status());
        assertEquals(
                "Each scope must be one of these: cases:read, read, write. These are the scopes that the owner of the token may"
                        + " choose now.",
                answer.json().path("error_description").asText());
    }

    @Test
    void aTokenThatIsGoodElsewhereOnlyIsInactiveAndTheEventSaysWhy() {
        String token = created("[\"cases:read\"]").path("token").asText();
        assertTrue(admin.introspect("cases-api", token).json().path("active").asBoolean());
        assertEquals("{\"active\":false}", admin.introspect("runs-api", token).text());
        JsonNode event = realm.admin("GET", "/events?max=1&type=INTROSPECT_TOKEN_ERROR", null)
                .json()
                .path(0);
        assertEquals("no_scope", event.at("/details/reason").asText(), event.toString());
        assertEquals("runs-api", event.path("clientId").asText());
    }

    @Test
    void aTokenWithAScopeThatTheOwnerLostIsMarkedAndCannotBeRotated() {
        String bob = realm.signIn("bob");
        JsonNode token = realm.create(bob, "{\"name\":\"t\",\"scopes\":[\"cases:read\",\"cases:write\"]}")
                .json();
        String one = "/" + token.path("id").asText();
        assertFalse(realm.list(bob, one).json().has("inactiveScopes"));
        admin.roleOf("DELETE", "users/" + realm.userId("bob"), "editor");
        try {
            String marks = "[{\"name\":\"cases:write\",\"reason\":\"missing_role\"}]";
            assertEquals(
                    marks, realm.list(bob, one).json().path("inactiveScopes").toString());
            assertEquals(
                    marks,
                    realm.admin("GET", "/api-tokens" + one, null)
                            .json()
                            .path("inactiveScopes")
                            .toString());
            assertEquals(
                    marks,
                    realm.call("GET", "/api-tokens/self")
                            .bearer(token.path("token").asText())
                            .send()
                            .json()
                            .path("inactiveScopes")
                            .toString());
            Answer answer = realm.call("POST", "/api-tokens" + one + "/rotate")
                    .bearer(bob)
                    .json("{}")
                    .send();
            assertEquals(400, answer.status());
            assertEquals(
                    "You may no longer choose the scope cases:write, which this token has; create a new token with other scopes.",
                    answer.json().path("error_description").asText());
        } finally {
            admin.roleOf("POST", "users/" + realm.userId("bob"), "editor");
        }
        assertEquals(
                200,
                realm.call("POST", "/api-tokens" + one + "/rotate")
                        .bearer(bob)
                        .json("{}")
                        .send()
                        .status());
    }

    @Test
    void aServiceAccountsTokenHasItsRoles() {
        new AccessTokens(realm).newClient("robot", "\"serviceAccountsEnabled\":true");
        String json = "{\"client\":\"robot\",\"name\":\"t\",\"scopes\":[\"cases:write\"]}";
        assertEquals(400, realm.admin("POST", "/api-tokens", json).status());
        String account = realm.admin("GET", "/clients/" + admin.uuid("robot") + "/service-account-user", null)
                .json()
                .path("id")
                .asText();
        admin.roleOf("POST", "users/" + account, "editor");
        String token =
                realm.admin("POST", "/api-tokens", json).json().path("token").asText();
        assertEquals(
                "cases:write",
                admin.introspect("cases-api", token).json().path("scope").asText());
    }

    /** The client qa-hub-legacy has cases:write as an optional scope. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "cases:read cases:write read,none,cases:write read",
                "cases:read cases:write read,cases:write,cases:write",
                "cases:read cases:write read,cases:read,none",
                "cases:read cases:write read,write,none",
                "cases:read cases:write read,read write,none",
                "cases:read cases:write read,cases:write offline_access,none",
                "read,cases:write,none",
                "read,read cases:write,none"
            })
    void aJwtHasNoScopeThatTheClientOrTheTokenLacks(String held, String requested, String granted) {
        AccessTokens tokens = new AccessTokens(realm);
        admin.assign("qa-hub-legacy", casesWrite, "optional");
        String token = realm.create(
                        realm.signIn("bob"), "{\"name\":\"t\",\"scopes\":[\"" + held.replace(" ", "\",\"") + "\"]}")
                .json()
                .path("token")
                .asText();
        String[] parameters = requested == null ? new String[0] : new String[] {"scope", requested};
        for (Answer answer : List.of(
                tokens.exchangeAs("qa-hub-legacy", token, parameters),
                tokens.signIn("qa-hub-legacy", "bob", token, parameters))) {
            if (granted == null) {
                assertEquals("invalid_scope", answer.json().path("error").asText(), answer.text());
            } else {
                JsonNode claims = AccessTokens.claims(AccessTokens.accessToken(answer));
                assertEquals(granted, claims.path("scope").asText());
            }
        }
    }

    /** Keycloak's admin API rejects such names. The import of a realm accepts them, with underscores instead of spaces. */
    @Test
    void aClientScopeWhoseNameCannotBeAScopeIsNeverGrantable() {
        String longest = "n".repeat(255);
        List<String> names = List.of("read write", "a\\\"b", "a\\\\b", "a\\tb", "a\\u0007b", "m\u00fcll", " ", longest);
        Realm imported = new Realm("imported-names");
        String scopes = names.stream()
                .map(
                        name -> "{\"name\":\"" + name + "\",\"protocol\":\"openid-connect\","
                                + "\"attributes\":{\"apiTokens.grantable\":\"true\"},\"protocolMappers\":["
                                + "{\"name\":\"gone\",\"protocol\":\"openid-connect\",\"protocolMapper\":\"script-gone.js\"}]},")
                .collect(Collectors.joining());
        Answer made = Http.call("POST", "/admin/realms")
                .bearer(Realm.admin())
                .json(DemoRealm.json(imported.name())
                        .replaceFirst("(\"clientScopes\":\\s*\\[)", "$1" + Matcher.quoteReplacement(scopes)))
                .send();
        assertEquals(201, made.status(), made.text());
        try {
            assertEquals(
                    List.of("_", longest, "read", "read_write", "write"),
                    names(imported.call("GET", "/api-tokens/policy")
                            .bearer(imported.signIn("alice"))
                            .send()
                            .json()
                            .path("scopes")));
            for (String name : names) {
                assertEquals(
                        name.equals(longest) ? 201 : 400,
                        imported.create(imported.signIn("alice"), "{\"name\":\"t\",\"scopes\":[\"" + name + "\"]}")
                                .status());
            }
            assertTheLongestNameIsAScope(imported, longest);
        } finally {
            imported.delete();
        }
    }

    /** Also, a mapper of a type that the server does not have is left out. */
    private static void assertTheLongestNameIsAScope(Realm imported, String longest) {
        ClientScopes importedScopes = new ClientScopes(imported);
        importedScopes.assign("qa-hub-api", importedScopes.find(longest), "optional");
        String token = imported.create(
                        imported.signIn("alice"), "{\"name\":\"t\",\"scopes\":[\"" + longest + "\",\"read\"]}")
                .json()
                .path("token")
                .asText();
        assertEquals(longest + " read", scope(imported, token));
    }

    @TestFactory
    Stream<DynamicTest> theNextRequestFollowsEachChange() {
        Realm changing = Realm.fresh("scope-changes");
        return new ScopeChanges(changing, List.of(changing)).tests().onClose(changing::delete);
    }

    @Test
    void aClientScopeNamedReadReplacesTheBuiltInScope() {
        Realm other = Realm.fresh("read-replaced");
        ClientScopes scopes = new ClientScopes(other);
        String token = other.newToken(other.signIn("alice"), "t").path("token").asText();
        String read = scopes.find("read");
        assertEquals("read write", scope(other, token));
        scopes.setGrantable(read, "read", true);
        assertEquals("write", scope(other, token));
        scopes.assign("qa-hub-api", read, "optional");
        assertEquals("read write", scope(other, token));
        scopes.requireRole(read, "offline_access");
        assertEquals("read write", scope(other, token)); // part of the default roles
        other.delete();
    }

    private static String scope(Realm realm, String token) {
        return realm.introspect(OWN_ENDPOINT, token).json().path("scope").asText();
    }

    private JsonNode created(String scopes) {
        return realm.create(alice, "{\"name\":\"t\",\"scopes\":" + scopes + "}").json();
    }

    private static JsonNode policy(String user, String language) {
        return realm.call("GET", "/api-tokens/policy")
                .bearer(realm.signIn(user))
                .header("Accept-Language", language)
                .send()
                .json()
                .path("scopes");
    }

    private static List<String> names(JsonNode scopes) {
        return scopes.findValuesAsText("name");
    }
}
