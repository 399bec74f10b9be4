package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stricter policy does not affect existing tokens until an admin shortens them. */
class ShorteningIT {
    private static final String DAYS = ",\"apiTokens.maxLifetimeDays\":\"%s\"";
    private static Realm realm;
    private static Admins admins;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("shortening");
        admins = new Admins(realm);
        policy("");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void onlyTokensWithALongerLifetimeAreShortenedAndOnlyOnRequest() {
        policy("");
        String root = Realm.admin();
        admins.revokeAll(root, "{\"all\":true}");
        String alice = realm.signIn("alice");
        JsonNode endless = realm.newToken(alice, "endless");
        JsonNode longer = expiring(alice, Duration.ofDays(7).plusMinutes(1));
        JsonNode shorter = expiring(alice, Duration.ofDays(7).minusMinutes(1));
        JsonNode revoked = realm.newToken(alice, "revoked");
        realm.revoke(alice, revoked.path("id").asText());
        policy(DAYS.formatted(7));
        assertTrue(exp(endless).isMissingNode(), "a reduced maximum lifetime changed an existing token");

        assertEquals(2, shortened(admins.shorten(root, "{\"dryRun\":true}")));
        assertTrue(exp(endless).isMissingNode(), "a dry run changed a token");
        Instant latest = Instant.now().plus(Duration.ofDays(7));
        assertEquals(2, shortened(admins.shorten(root, "")));
        for (JsonNode token : new JsonNode[] {endless, longer}) {
            long late = exp(token).asLong() - latest.getEpochSecond();
            assertTrue(late >= 0 && late < 30, "the difference to the new expiry is " + late);
        }
        assertEquals(
                Instant.parse(shorter.path("expiresAt").asText()).getEpochSecond(),
                exp(shorter).asLong());
        assertTrue(field(revoked, "expiresAt").isNull());
        assertEquals(0, shortened(admins.shorten(root, "{}")), "no token is left to shorten");

        String prefix = endless.path("prefix").asText();
        String told = realm.admin("GET", "/events?type=UPDATE_CREDENTIAL&max=20", null)
                .text();
        assertTrue(told.contains("shortened_by") && told.contains(prefix), told);
        String done = realm.admin("GET", "/admin-events?operationTypes=ACTION&max=20", null)
                .text();
        assertTrue(done.contains("api-tokens/shorten"), done);
    }

    @Test
    void shorteningRequiresThePermissionToRevokeAllTokens() {
        policy(DAYS.formatted(7));
        String viewer = admins.newAdmin("viewer", "view-users", "manage-realm");
        Answer answer = admins.shorten(viewer, "{}");
        assertEquals(403, answer.status(), answer.text());
        assertEquals(401, admins.shorten(null, "{}").status());
        assertEquals(
                200,
                admins.shorten(admins.newAdmin("manager", "manage-users"), "{}").status());
    }

    @Test
    void withoutAValidMaximumLifetimeNothingIsShortened() {
        policy("");
        JsonNode endless = realm.newToken(realm.signIn("bob"), "endless");
        String root = Realm.admin();
        Answer unset = admins.shorten(root, "{}");
        assertEquals(400, unset.status());
        assertTrue(unset.text().contains("apiTokens.maxLifetimeDays"), unset.text());
        policy(DAYS.formatted(7));
        assertEquals(400, admins.shorten(root, "{\"dryRun\":\"yes\"}").status());
        assertEquals(400, admins.shorten(root, "{\"dryrun\":true}").status());
        policy(DAYS.formatted("seven"));
        assertEquals(403, admins.shorten(root, "{}").status());
        assertTrue(exp(endless).isMissingNode());
        assertFalse(field(endless, "id").isNull());
    }

    private static JsonNode expiring(String bearer, Duration in) {
        String json = "{\"name\":\"t\",\"scopes\":[\"read\"],\"expiresAt\":\""
                + Instant.now().plus(in) + "\"}";
        return realm.create(bearer, json).json();
    }

    private static JsonNode exp(JsonNode token) {
        return realm.introspect(Realm.OWN_ENDPOINT, token.path("token").asText())
                .json()
                .path("exp");
    }

    private static JsonNode field(JsonNode token, String name) {
        return admins.list(Realm.admin(), "/" + token.path("id").asText())
                .json()
                .path(name);
    }

    private static int shortened(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("shortened").asInt();
    }

    private static void policy(String more) {
        String json = "{\"realm\":\"shortening\",\"adminEventsEnabled\":true,\"attributes\":{"
                + "\"apiTokens.allowedClients\":\"qa-hub-cli\"" + more + "}}";
        assertEquals(204, realm.admin("PUT", "", json).status());
    }
}
