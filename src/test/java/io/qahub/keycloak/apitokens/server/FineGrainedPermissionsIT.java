package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Admins.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An admin who is limited to the members of one group by fine-grained admin permissions. */
class FineGrainedPermissionsIT {
    private static Realm realm;
    private static Admins admins;
    private static String teamLead;

    @BeforeAll
    static void aliceIsInTheLeadsTeamAndBobIsNot() {
        realm = Team.realm("fine-grained");
        admins = new Admins(realm);
        teamLead = realm.signIn("lead");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void anAdminOfAGroupViewsAndRevokesOnlyItsTokens() {
        JsonNode hers = realm.newToken(realm.signIn("alice"), "of the team");
        JsonNode second = realm.newToken(realm.signIn("alice"), "of the team too");
        JsonNode his = realm.newToken(realm.signIn("bob"), "of another");
        Answer list = admins.list(teamLead, "");
        assertEquals("2", list.header("X-Total-Count"), list.text());
        assertFalse(list.text().contains(his.path("id").asText()));
        assertTrue(list.json().get(0).path("access").path("revoke").asBoolean());
        assertEquals(404, admins.list(teamLead, "/" + his.path("id").asText()).status());
        assertEquals(404, admins.revoke(teamLead, his.path("id").asText()).status());
        assertEquals(
                403,
                admins.revokeAll(teamLead, "{\"user\":\"" + admins.userId("bob") + "\"}")
                        .status());
        assertEquals(204, admins.revoke(teamLead, hers.path("id").asText()).status());
        assertFalse(realm.isActive(token(hers)));
        assertEquals(
                1,
                admins.revokeAll(teamLead, "{\"all\":true}")
                        .json()
                        .path("revoked")
                        .asInt());
        assertFalse(realm.isActive(token(second)));
        assertTrue(realm.isActive(token(his)));
        assertEquals(0, revoked(admins.revokeAll(teamLead, "{\"all\":true}")), "revoking again is not an error");
    }

    @Test
    void anAdminOfAGroupShortensOnlyItsTokens() {
        assertEquals(200, admins.revokeAll(Realm.admin(), "{\"all\":true}").status());
        JsonNode his = realm.newToken(realm.signIn("bob"), "endless");
        policy(",\"apiTokens.maxLifetimeDays\":\"7\"");
        assertEquals(0, shortened(admins.shorten(teamLead, "{\"dryRun\":true}")));
        assertEquals(0, shortened(admins.shorten(teamLead, "{}")));
        assertEquals(0, revoked(admins.revokeAll(teamLead, "{\"all\":true,\"dryRun\":true}")));
        policy("");
        JsonNode hers = realm.newToken(realm.signIn("alice"), "endless too");
        policy(",\"apiTokens.maxLifetimeDays\":\"7\"");
        assertEquals(1, shortened(admins.shorten(teamLead, "{\"dryRun\":true}")));
        assertEquals(1, shortened(admins.shorten(teamLead, "{}")));
        assertEquals(0, shortened(admins.shorten(teamLead, "{}")));
        assertFalse(expiry(hers).isNull());
        assertTrue(expiry(his).isNull());
        policy("");
        assertEquals(1, revoked(admins.revokeAll(teamLead, "{\"all\":true}")));
    }

    @Test
    void anAdminWithoutPermissionsIsRejectedEvenIfNoTokenMatches() {
        String viewer = admins.newAdmin("viewer", "view-users");
        assertEquals(200, admins.list(viewer, "").status());
        for (String nobody : new String[] {viewer, realm.signIn("alice")}) {
            assertEquals(403, admins.shorten(nobody, "{\"dryRun\":true}").status());
            assertEquals(
                    403,
                    admins.revokeAll(nobody, "{\"filter\":{\"search\":\"no such\"},\"dryRun\":true}")
                            .status());
        }
    }

    private static JsonNode expiry(JsonNode token) {
        return admins.list(Realm.admin(), "/" + token.path("id").asText())
                .json()
                .path("expiresAt");
    }

    private static int revoked(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("revoked").asInt();
    }

    private static int shortened(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("shortened").asInt();
    }

    private static void policy(String more) {
        String json =
                "{\"realm\":\"fine-grained\",\"attributes\":{\"apiTokens.allowedClients\":\"qa-hub-cli\"" + more + "}}";
        assertEquals(204, realm.admin("PUT", "", json).status());
    }
}
