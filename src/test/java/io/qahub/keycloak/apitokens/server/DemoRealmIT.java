package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The second API and the organization of the demo realm, which the realms of other tests do not have. */
class DemoRealmIT {
    private static Realm realm;
    private static ClientScopes clients;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.demo("demo");
        clients = new ClientScopes(realm);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void onlyAliceMayPublishReportsAndChooseAcme() {
        JsonNode alice = policy("alice");
        assertEquals(List.of("read", "reports:publish", "reports:read", "write"), names(alice));
        assertEquals(
                "[{\"alias\":\"acme\",\"name\":\"Acme\"}]",
                alice.path("organizations").toString());
        JsonNode bob = policy("bob");
        assertEquals(List.of("read", "reports:read", "write"), names(bob));
        assertEquals("[]", bob.path("organizations").toString());
    }

    @Test
    void aTokenForReportsIsGoodAtTheReportsApiOnly() {
        String token = newToken("alice", "\"reports:read\",\"reports:publish\"],\"organization\":\"acme\"");
        JsonNode answer = clients.introspect("reports-api", token).json();
        assertEquals("reports:publish reports:read", answer.path("scope").asText(), answer.toString());
        assertEquals("reports-api", answer.path("aud").asText());
        assertEquals("acme", answer.path("organization").asText());
        assertEquals("alice@example.org", answer.path("email").asText());
        assertEquals(
                "{\"active\":false}", clients.introspect("qa-hub-api", token).text());
    }

    @ParameterizedTest
    @CsvSource({"alice,GET,200", "alice,PUT,200", "alice,DELETE,403", "bob,GET,200", "bob,PUT,403"})
    void aGatewayOfTheReportsApiAsksForTheScopeThatOpensTheMethod(String user, String method, int status) {
        String scopes = user.equals("alice") ? "\"reports:read\",\"reports:publish\"]" : "\"reports:read\"]";
        Http.Answer answer = realm.call("GET", "/api-tokens/authorize")
                .header(Gateway.CALLER, Gateway.credentials("reports-api", "reports-api-secret"))
                .header("X-Original-Method", method)
                .bearer(newToken(user, scopes))
                .send();
        assertEquals(status, answer.status(), answer.text());
    }

    private static JsonNode policy(String user) {
        return realm.call("GET", "/api-tokens/policy")
                .bearer(realm.signIn(user))
                .send()
                .json();
    }

    private static List<String> names(JsonNode policy) {
        return policy.path("scopes").findValuesAsText("name");
    }

    private static String newToken(String user, String rest) {
        Http.Answer made = realm.create(realm.signIn(user), "{\"name\":\"t\",\"scopes\":[" + rest + "}");
        assertEquals(201, made.status(), made.text());
        return made.json().path("token").asText();
    }
}
