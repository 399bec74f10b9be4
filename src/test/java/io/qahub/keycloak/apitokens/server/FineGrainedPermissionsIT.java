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

/** An admin whom fine-grained admin permissions limit to the members of one group. */
class FineGrainedPermissionsIT {
    private static Realm realm;
    private static Admins admins;
    private static String teamLead;

    @BeforeAll
    static void aliceIsInTheLeadsTeamAndBobIsNot() {
        realm = Realm.fresh("fine-grained");
        admins = new Admins(realm);
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"realm\":\"fine-grained\",\"adminPermissionsEnabled\":true}")
                        .status());
        String team = idOf(realm.admin("POST", "/groups", "{\"name\":\"team\"}"));
        realm.admin("PUT", "/users/" + admins.userId("alice") + "/groups/" + team, null);
        teamLead = admins.newAdmin("lead", "query-users");
        String authz = "/clients/" + admins.clientUuid("admin-permissions") + "/authz/resource-server";
        String policy = realm.admin(
                        "POST",
                        authz + "/policy/user",
                        "{\"name\":\"is-lead\",\"users\":[\"%s\"]}".formatted(admins.userId("lead")))
                .json()
                .path("id")
                .asText();
        Answer permission = realm.admin("POST", authz + "/permission/scope", """
                {"name":"lead-of-team","resourceType":"Groups","resources":["%s"],
                 "scopes":["view-members","manage-members"],"policies":["%s"]}""".formatted(team, policy));
        assertEquals(201, permission.status(), permission.text());
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void seesAndRevokesOnlyTheTokensOfThatGroup() {
        JsonNode hers = realm.newToken(realm.signIn("alice"), "of the team");
        JsonNode second = realm.newToken(realm.signIn("alice"), "of the team too");
        JsonNode his = realm.newToken(realm.signIn("bob"), "of another");
        Answer list = admins.list(teamLead, "");
        assertEquals("2", list.header("X-Total-Count"), list.text());
        assertFalse(list.text().contains(his.path("id").asText()));
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
    }

    private static String idOf(Answer created) {
        String location = created.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
