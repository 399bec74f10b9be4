package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A realm that is disabled or requires HTTPS, and a disabled account client: every endpoint against each of them. */
class EntryChecksIT {
    private static final String DISABLED = "{\"realm\":\"entry\",\"enabled\":false}";
    private static final String HTTPS = "{\"realm\":\"entry\",\"sslRequired\":\"all\"}";
    private static final String OPEN = "{\"realm\":\"entry\",\"enabled\":true,\"sslRequired\":\"external\"}";
    private static Realm realm;
    private static Map<String, Supplier<Http>> owners;
    private static Map<String, Supplier<Http>> others;
    private static String secret;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("entry");
        String alice = realm.signIn("alice");
        JsonNode token = realm.newToken(alice, "t");
        secret = token.path("token").asText();
        String one = "/" + token.path("id").asText();
        owners = Map.of(
                "create", () -> call("POST", "").bearer(alice).json("{\"name\":\"ci\",\"scopes\":[\"read\"]}"),
                "list", () -> call("GET", "").bearer(alice),
                "get", () -> call("GET", one).bearer(alice),
                "policy", () -> call("GET", "/policy").bearer(alice),
                "rotate", () -> call("POST", one + "/rotate").bearer(alice),
                "revoke", () -> call("DELETE", one).bearer(alice),
                "list without an access token", () -> call("GET", ""));
        others = Map.of(
                "self", () -> call("GET", "/self").bearer(secret),
                "revoke self", () -> call("DELETE", "/self").bearer(secret),
                "leak report", () -> call("POST", "/revoke").form(Map.of("token", secret)),
                "GitHub's report", () -> GithubMessages.signed(realm, "[]"),
                "gateway", () -> Gateway.asks(realm, "GET", "", secret),
                "gateway below", () -> Gateway.asks(realm, "DELETE", "/any/path", secret),
                "introspection",
                        () -> call("POST", "/introspect")
                                .basic("qa-hub-api", "qa-hub-api-secret")
                                .form(Map.of("token", secret)));
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @TestFactory
    Stream<DynamicTest> aDisabledRealmRefuses() {
        return all().map(call -> DynamicTest.dynamicTest(
                call.getKey(), () -> BadRequestIT.refused(in(DISABLED, call.getValue()), 403, "access_denied")));
    }

    @TestFactory
    Stream<DynamicTest> aRealmThatRequiresHttpsRefusesHttp() {
        return all().map(call -> DynamicTest.dynamicTest(
                call.getKey(), () -> BadRequestIT.refused(in(HTTPS, call.getValue()), 403, "invalid_request")));
    }

    @Test
    void aRealmThatRequiresHttpsAnswersToHttps() {
        Answer answer = in(HTTPS, () -> call("GET", "/self").bearer(secret).header("X-Forwarded-Proto", "https"));
        assertEquals(200, answer.status(), answer.text());
    }

    @TestFactory
    Stream<DynamicTest> aDisabledAccountClientRefusesOwners() {
        return owners.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> BadRequestIT.refused(withoutAccount(call.getValue()), 403, "access_denied")));
    }

    @Test
    void aDisabledAccountClientDoesNotStopTokens() {
        for (String call : List.of("self", "gateway", "introspection")) {
            assertEquals(200, withoutAccount(others.get(call)).status(), call);
        }
    }

    /** The rejected calls created, rotated and revoked nothing. */
    @Test
    void anAdminManagesTheTokensOfADisabledRealmAsItsUsers() {
        Answer listed = in(DISABLED, () -> Http.call("GET", "/admin/realms/entry/api-tokens")
                .bearer(Realm.admin()));
        assertEquals(200, listed.status(), listed.text());
        assertNotEquals(0, listed.json().size());
        assertEquals("active", listed.json().path(0).path("status").asText());
    }

    private static Stream<Map.Entry<String, Supplier<Http>>> all() {
        return Stream.concat(owners.entrySet().stream(), others.entrySet().stream());
    }

    private static Answer in(String state, Supplier<Http> call) {
        assertEquals(204, realm.admin("PUT", "", state).status());
        try {
            return call.get().send();
        } finally {
            realm.admin("PUT", "", OPEN);
        }
    }

    private static Answer withoutAccount(Supplier<Http> call) {
        enableAccount(false);
        try {
            return call.get().send();
        } finally {
            enableAccount(true);
        }
    }

    private static void enableAccount(boolean enabled) {
        String account = new Admins(realm).clientUuid("account");
        String json = "{\"clientId\":\"account\",\"enabled\":" + enabled + "}";
        assertEquals(204, realm.admin("PUT", "/clients/" + account, json).status());
    }

    private static Http call(String method, String path) {
        return realm.call(method, "/api-tokens" + path);
    }
}
