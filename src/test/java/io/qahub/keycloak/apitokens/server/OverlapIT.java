package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The overlap of a rotated token is shown, and ended before its time by the owner or an admin. */
class OverlapIT {
    private static Realm realm;
    private static Admins admins;
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("overlaps");
        admins = new Admins(realm);
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"adminEventsEnabled":true,"enabledEventTypes":["UPDATE_CREDENTIAL"]}""");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aListSaysUntilWhenTheOldSecretIsAccepted() {
        JsonNode token = realm.newToken(alice, "shown");
        assertFalse(token.has("previousSecretUntil"));
        assertFalse(rotate(token, "").has("previousSecretUntil"));
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String until = rotate(token, "{\"overlapSeconds\":600}")
                .path("previousSecretUntil")
                .asText();
        assertFalse(Instant.parse(until).isBefore(asked.plusSeconds(600)), until);
        assertFalse(Instant.parse(until).isAfter(Instant.now().plusSeconds(600)), until);
        assertEquals(until, get(token).path("previousSecretUntil").asText());
        JsonNode seenByAdmin = admins.list(
                        realm.adminToken(), "?search=" + token.path("prefix").asText())
                .json()
                .path(0);
        assertEquals(until, seenByAdmin.path("previousSecretUntil").asText());

        String soon =
                Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
        JsonNode expiring = rotate(token, "{\"overlapSeconds\":600,\"expiresAt\":\"" + soon + "\"}");
        assertEquals(soon, expiring.path("previousSecretUntil").asText(), "the token expires before");
        realm.revoke(alice, token.path("id").asText());
        assertFalse(get(token).has("previousSecretUntil"));
    }

    @Test
    void anOverlapThatIsOverIsNotShown() {
        JsonNode token = realm.newToken(alice, "over");
        String until = rotate(token, "{\"overlapSeconds\":1}")
                .path("previousSecretUntil")
                .asText();
        Waits.until(Instant.parse(until));
        assertFalse(get(token).has("previousSecretUntil"));
    }

    @Test
    void anOwnerEndsTheOverlapNow() {
        JsonNode token = realm.newToken(alice, "ended");
        String first = token.path("token").asText();
        String second = rotate(token, "{\"overlapSeconds\":600}").path("token").asText();
        String third = rotate(token, "{\"overlapSeconds\":600}").path("token").asText();
        assertTrue(realm.isActive(first) && realm.isActive(second) && realm.isActive(third));

        assertEquals(204, end(alice, token).status());
        assertFalse(realm.isActive(first) || realm.isActive(second));
        assertTrue(realm.isActive(third));
        assertFalse(get(token).has("previousSecretUntil"));
        JsonNode event = newestEvent();
        assertEquals("owner", event.path("details").path("overlap_ended_by").asText(), event.toString());
        assertEquals(token.path("prefix"), event.path("details").path("prefix"));

        assertEquals(204, end(alice, token).status(), "nothing to end");
        assertEquals(event, newestEvent());
        String fourth = rotate(token, "{\"overlapSeconds\":600}").path("token").asText();
        assertFalse(realm.isActive(first) || realm.isActive(second), "a rotation brought them back");
        assertTrue(realm.isActive(third) && realm.isActive(fourth));
    }

    @Test
    void anImpersonatorCanEndIt() {
        JsonNode token = realm.newToken(alice, "ended by an impersonator");
        String first = token.path("token").asText();
        rotate(token, "{\"overlapSeconds\":600}");
        String console = BrowserSession.impersonate(realm, realm.adminToken(), admins.userId("alice"))
                .accessToken("account-console");
        assertEquals(204, end(console, token).status(), "as for revocation");
        assertFalse(realm.isActive(first));
    }

    @Test
    void anAccessTokenObtainedWithTheOldSecretEndsWithIt() {
        AccessTokens tokens = new AccessTokens(realm);
        JsonNode token = realm.newToken(alice, "exchanged");
        String old = tokens.exchange(token.path("token").asText())
                .json()
                .path("access_token")
                .asText();
        String renewed = rotate(token, "{\"overlapSeconds\":600}").path("token").asText();
        String current = tokens.exchange(renewed).json().path("access_token").asText();
        assertTrue(realm.isActive(old) && realm.isActive(current));
        end(alice, token);
        assertFalse(realm.isActive(old));
        assertTrue(realm.isActive(current));
    }

    @Test
    void anAdminEndsTheOverlapOfAUsersToken() {
        JsonNode token = realm.newToken(alice, "ended by an admin");
        String first = token.path("token").asText();
        rotate(token, "{\"overlapSeconds\":600}");
        BadRequestIT.refused(endAsAdmin(admins.newAdmin("viewer", "view-users"), token), 403, "access_denied");
        assertTrue(realm.isActive(first));
        String manager = admins.newAdmin("manager", "manage-users");
        assertEquals(204, endAsAdmin(manager, token).status());
        assertFalse(realm.isActive(first));
        assertEquals(
                "admin", newestEvent().path("details").path("overlap_ended_by").asText());
        JsonNode event = realm.admin("GET", "/admin-events?resourcePath=api-tokens*&max=1", null)
                .json()
                .path(0);
        String path = "api-tokens/" + token.path("id").asText() + "/previous-secret";
        assertEquals(path, event.path("resourcePath").asText(), event.toString());
        assertEquals("DELETE", event.path("operationType").asText());
        assertEquals(204, endAsAdmin(manager, token).status(), "nothing to end");
    }

    @Test
    void othersCannotEndIt() {
        JsonNode token = realm.newToken(alice, "hers");
        rotate(token, "{\"overlapSeconds\":600}");
        BadRequestIT.refused(end(realm.signIn("bob"), token), 404, "not_found");
        BadRequestIT.refused(end(token.path("token").asText(), token), 401, "invalid_token");
        assertTrue(realm.isActive(token.path("token").asText()));
    }

    /** A rotation at the same time does not make secrets valid again. */
    @Test
    void anEndBesideARotationIsDoneOrRefused() {
        for (int trial = 0; trial < 20; trial++) {
            JsonNode token = realm.newToken(alice, "raced");
            String first = token.path("token").asText();
            rotate(token, "{\"overlapSeconds\":600}");
            Answer ended = new Burst()
                    .add("rotation", () -> rotation(token, "{\"overlapSeconds\":600}"), done(200))
                    .add("end", () -> end(alice, token), done(204))
                    .send(Duration.ofMinutes(1))
                    .to("end")
                    .get(0);
            assertEquals(ended.status() == 409, realm.isActive(first), "trial " + trial);
        }
    }

    private static Predicate<Answer> done(int status) {
        return answer -> answer.status() == status || answer.status() == 409;
    }

    private JsonNode rotate(JsonNode token, String body) {
        return rotation(token, body).json();
    }

    private Answer rotation(JsonNode token, String body) {
        return realm.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(alice)
                .json(body)
                .send();
    }

    private JsonNode get(JsonNode token) {
        return realm.list(alice, "/" + token.path("id").asText()).json();
    }

    private static Answer end(String bearer, JsonNode token) {
        return realm.call("DELETE", "/api-tokens/" + token.path("id").asText() + "/previous-secret")
                .bearer(bearer)
                .send();
    }

    private static Answer endAsAdmin(String bearer, JsonNode token) {
        String path = "/admin/realms/" + realm.name() + "/api-tokens/"
                + token.path("id").asText() + "/previous-secret";
        return Http.call(realm.server(), "DELETE", path).bearer(bearer).send();
    }

    private static JsonNode newestEvent() {
        return realm.admin("GET", "/events?max=1&type=UPDATE_CREDENTIAL", null)
                .json()
                .path(0);
    }
}
