package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Admins.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Admin actions send user events and admin events, without secrets. */
class AdminTracesIT {
    private static Realm realm;
    private static Admins admins;
    private static String root;

    @BeforeAll
    static void recordEverything() {
        realm = Realm.fresh("traces");
        admins = new Admins(realm);
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"adminEventsEnabled":true,"adminEventsDetailsEnabled":true}""");
        root = Realm.admin();
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void everyActionSendsAnAdminEventWithTheAdminAndTheToken() {
        realm.admin("POST", "/clients", "{\"clientId\":\"tracer\",\"serviceAccountsEnabled\":true}");
        String admin = admins.newAdmin("tracing-admin", "realm-admin");
        JsonNode created = admins.create(admin, "{\"client\":\"tracer\",\"name\":\"traced\",\"scopes\":[\"read\"]}")
                .json();
        String id = created.path("id").asText();
        admins.revoke(admin, id);
        admins.revoke(admin, id); // sends no further event
        JsonNode hers = realm.newToken(realm.signIn("alice"), "in bulk");
        String bulk = "{\"ids\":[\"" + hers.path("id").asText() + "\"]}";
        admins.revokeAll(admin, bulk.replace("}", ",\"dryRun\":true}")); // sends no event
        admins.revokeAll(admin, bulk);

        List<JsonNode> events = adminEvents().stream()
                .filter(e -> e.path("authDetails").path("userId").asText().equals(admins.userId("tracing-admin")))
                .toList();
        assertEquals(
                List.of("ACTION api-tokens/revoke", "DELETE api-tokens/" + id, "CREATE api-tokens/" + id),
                events.stream()
                        .map(e -> e.path("operationType").asText() + " "
                                + e.path("resourcePath").asText())
                        .toList());
        events.forEach(e -> assertEquals("API_TOKEN", e.path("resourceType").asText()));
        String prefix = created.path("prefix").asText();
        assertTrue(events.get(1).path("representation").asText().contains(prefix), events.toString());
        assertTrue(events.get(2).path("representation").asText().contains(prefix), events.toString());
        String record = events.get(0).path("representation").asText();
        assertTrue(record.contains(hers.path("id").asText()) && record.contains("\"revoked\":1"), record);
        assertOwnerEvents(hers);
    }

    private static void assertOwnerEvents(JsonNode token) {
        JsonNode event = realm.admin("GET", "/events?type=REMOVE_CREDENTIAL&max=1", null)
                .json()
                .get(0);
        assertEquals(admins.userId("alice"), event.path("userId").asText());
        assertEquals(token.path("prefix"), event.path("details").path("prefix"));
        assertEquals("admin", event.path("details").path("revoked_by").asText());
    }

    @Test
    void neitherTokenStringNorHashIsInAnyResponseEventOrLogLine() {
        JsonNode leaked = realm.newToken(realm.signIn("alice"), "pasted everywhere");
        String string = token(leaked);
        String body = "{\"%s\":\"" + string + "\"}";
        List<Answer> answers = new ArrayList<>(List.of(
                admins.list(root, "?search=" + string),
                admins.list(root, "?user=" + string),
                admins.list(root, "?status=" + string),
                admins.list(root, "?scope=" + string),
                admins.list(root, "/" + leaked.path("id").asText()),
                admins.list(root, "/" + string),
                admins.revoke(root, string),
                admins.create(root, body.formatted("client")),
                admins.create(root, string),
                admins.revokeAll(root, string),
                admins.revokeAll(root, body.formatted("user")),
                admins.revokeAll(root, "{\"ids\":[\"" + string + "\"]}"),
                admins.revokeAll(root, "{\"filter\":" + body.formatted("user") + "}"),
                admins.revokeAll(root, "{\"filter\":" + body.formatted("search") + ",\"dryRun\":true}")));
        Answer found = admins.list(root, "?search=export%20QA_HUB_TOKEN%3D" + string + "%0A");
        assertEquals("1", found.header("X-Total-Count"), found.text());
        assertEquals("[]", admins.list(root, "?user=Bearer%20" + string).text());
        Answer revoked = admins.revokeAll(root, "{\"filter\":{\"search\":\"QA_HUB_TOKEN='" + string + "'\"}}");
        assertEquals(1, revoked.json().path("revoked").asInt(), revoked.text());
        answers.add(revoked);
        answers.add(admins.list(root, "?status=all"));

        String secret = string.substring(10);
        answers.forEach(answer -> assertNoSecret(secret, answer.text()));
        assertNoSecret(secret, realm.admin("GET", "/events?max=1000", null).text());
        String adminEvents = realm.admin("GET", "/admin-events?max=1000", null).text();
        assertTrue(adminEvents.contains(leaked.path("prefix").asText()), "the admin events do not contain the prefix");
        assertNoSecret(secret, adminEvents);
        assertFalse(realm.server().log().contains(secret));
    }

    private static void assertNoSecret(String secret, String text) {
        assertFalse(text.contains(secret) || text.contains("$2a$"), text);
    }

    private static List<JsonNode> adminEvents() {
        JsonNode events = realm.admin("GET", "/admin-events?resourcePath=api-tokens*&max=100", null)
                .json();
        return StreamSupport.stream(events.spliterator(), false).toList();
    }
}
