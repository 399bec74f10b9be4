package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions, and changes of names and descriptions without a new secret. */
class EditIT {
    private static Realm realm;
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("editing");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["UPDATE_CREDENTIAL","UPDATE_CREDENTIAL_ERROR"]}""");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aDescriptionIsInAllRepresentationsOfTheToken() {
        String json = "{\"name\":\"described\",\"scopes\":[\"read\"],\"description\":\" Nightly run\\nof project A \"}";
        JsonNode token = realm.create(alice, json).json();
        String text = "Nightly run\nof project A";
        assertEquals(text, token.path("description").asText(), token.toString());
        String id = token.path("id").asText();
        assertEquals(text, get(id).path("description").asText());
        JsonNode listed = realm.list(alice, "?search=described").json().path(0);
        assertEquals(text, listed.path("description").asText());
        JsonNode seenByAdmin = realm.admin("GET", "/api-tokens/" + id, null).json();
        assertEquals(text, seenByAdmin.path("description").asText());
        assertTrue(realm.newToken(alice, "other").path("description").isNull());
        JsonNode rotated = realm.call("POST", "/api-tokens/" + id + "/rotate")
                .bearer(alice)
                .send()
                .json();
        assertEquals(text, rotated.path("description").asText());
    }

    @Test
    void aServiceAccountsTokenCanHaveADescription() {
        realm.admin("POST", "/clients", "{\"clientId\":\"robot\",\"serviceAccountsEnabled\":true}");
        Answer made = realm.admin(
                "POST",
                "/api-tokens",
                "{\"client\":\"robot\",\"name\":\"ci\",\"scopes\":[\"read\"],\"description\":\"d\"}");
        assertEquals("d", made.json().path("description").asText(), made.text());
    }

    @Test
    void anOwnerChangesNameAndDescriptionWithoutANewSecret() {
        JsonNode token = realm.newToken(alice, "before");
        String id = token.path("id").asText();
        assertTrue(realm.isActive(token.path("token").asText()));

        Answer renamed = edit(alice, id, "{\"name\":\" after \"}");
        assertEquals(200, renamed.status(), renamed.text());
        assertEquals("no-store", renamed.header("Cache-Control"));
        assertEquals("after", renamed.json().path("name").asText());
        JsonNode described =
                edit(alice, id, "{\"description\":\"Runs at night\"}").json();
        assertEquals("after", described.path("name").asText());
        assertEquals("Runs at night", described.path("description").asText());
        assertEquals(withoutLastUse(described), withoutLastUse(get(id)));
        assertEquals(token.path("prefix"), described.path("prefix"));
        assertTrue(realm.isActive(token.path("token").asText()));
        JsonNode event = realm.admin("GET", "/events?max=1&type=UPDATE_CREDENTIAL", null)
                .json()
                .path(0)
                .path("details");
        assertEquals("true", event.path("edited").asText(), event.toString());
        assertEquals("after", event.path("name").asText());
        assertEquals("api-token", event.path("credential_type").asText());
        assertTrue(edit(alice, id, "{\"description\":null}")
                .json()
                .path("description")
                .isNull());
    }

    /** The node that has cached the token sends the new name in its events. */
    @Test
    void theNextVerificationSeesTheNewDescription() {
        JsonNode token = realm.newToken(alice, "cached");
        String secret = token.path("token").asText();
        assertTrue(realm.isActive(secret));
        edit(alice, token.path("id").asText(), "{\"name\":\"seen\",\"description\":\"anew\"}");
        JsonNode self =
                realm.call("GET", "/api-tokens/self").bearer(secret).send().json();
        assertEquals("seen", self.path("name").asText());
        assertEquals("anew", self.path("description").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"name\":\"\"}",
                "{\"name\":null}",
                "{\"name\":1}",
                "{\"description\":1}",
                "{\"description\":\"a\\tb\"}",
                "{\"scopes\":[\"read\"]}",
                "{\"expiresAt\":null}"
            })
    void anInvalidRequestChangesNothing(String json) {
        JsonNode token = realm.newToken(alice, "steady");
        String id = token.path("id").asText();
        BadRequestIT.refused(edit(alice, id, json), 400, "invalid_request");
        assertEquals("steady", get(id).path("name").asText());
    }

    @Test
    void aTextThatContainsATokenIsRefusedAndNotRepeated() {
        JsonNode token = realm.newToken(alice, "clean");
        String id = token.path("id").asText();
        String secret = token.path("token").asText();
        for (String field : new String[] {"name", "description"}) {
            Answer answer = edit(alice, id, "{\"" + field + "\":\"X=" + secret + "\"}");
            BadRequestIT.refused(answer, 400, "invalid_request");
            assertTrue(answer.text().contains("The " + field + " must not contain an API token"), answer.text());
            assertEquals(-1, answer.text().indexOf(secret.substring(10)));
        }
        String json = "{\"name\":\"n\",\"scopes\":[\"read\"],\"description\":\"X=" + secret + "\"}";
        BadRequestIT.refused(realm.create(alice, json), 400, "invalid_request");
    }

    @Test
    void aRevokedTokenAndThoseOfOthersCannotBeEdited() {
        String id = realm.newToken(alice, "done").path("id").asText();
        BadRequestIT.refused(edit(realm.signIn("bob"), id, "{\"name\":\"his\"}"), 404, "not_found");
        realm.revoke(alice, id);
        BadRequestIT.refused(edit(alice, id, "{\"name\":\"late\"}"), 409, "invalid_request");
        assertEquals("done", get(id).path("name").asText());
    }

    @Test
    void anImpersonatorAndAnotherClientCannotEdit() {
        String user = realm.newUser("edited");
        String id = realm.newToken(realm.signIn("edited"), "own").path("id").asText();
        String console =
                BrowserSession.impersonate(realm, realm.adminToken(), user).accessToken("account-console");
        BadRequestIT.refused(edit(console, id, "{\"name\":\"theirs\"}"), 403, "access_denied");
        String reason = realm.admin("GET", "/events?max=1&type=UPDATE_CREDENTIAL_ERROR", null)
                .json()
                .path(0)
                .path("details")
                .path("reason")
                .asText();
        assertEquals("impersonators cannot create, rotate or edit tokens", reason);
        String foreign = realm.signIn("edited", "qa-hub-api");
        BadRequestIT.refused(edit(foreign, id, "{\"name\":\"theirs\"}"), 403, "access_denied");
        assertNotEquals(
                "theirs",
                realm.list(realm.signIn("edited"), "/" + id).json().path("name").asText());
    }

    /** The last use is recorded in the background. */
    private static JsonNode withoutLastUse(JsonNode token) {
        return ((ObjectNode) token).without("lastUsedAt");
    }

    private JsonNode get(String id) {
        return realm.list(alice, "/" + id).json();
    }

    private static Answer edit(String bearer, String id, String json) {
        return realm.call("PATCH", "/api-tokens/" + id)
                .bearer(bearer)
                .json(json)
                .send();
    }
}
