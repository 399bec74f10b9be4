package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Admins.token;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminIT {
    private final Admins admins = new Admins(QA_HUB);

    @Test
    void anAdminFindsALeakedTokenByItsTokenStringAndRevokesIt() {
        JsonNode leaked = QA_HUB.newToken(QA_HUB.signIn("alice"), "leaked");
        String root = Realm.admin();
        for (String search : new String[] {
            token(leaked),
            "qh_" + leaked.path("prefix").asText(),
            leaked.path("prefix").asText(),
            "LEAK"
        }) {
            Answer found = admins.list(root, "?search=" + search);
            assertEquals("1", found.header("X-Total-Count"), search + found.text());
            JsonNode row = found.json().get(0);
            assertEquals(leaked.path("id"), row.path("id"));
            assertEquals("alice", row.path("username").asText());
            assertEquals(admins.userId("alice"), row.path("userId").asText());
            assertFalse(row.has("token"));
        }
        String id = leaked.path("id").asText();
        assertEquals(204, admins.revoke(root, id).status());
        assertFalse(QA_HUB.isActive(token(leaked)));
        assertEquals(204, admins.revoke(root, id).status());
        assertEquals(
                "revoked", admins.list(root, "/" + id).json().path("status").asText());
        assertEquals(404, admins.list(root, "/nothing").status());
        String events = QA_HUB.admin("GET", "/events?type=REMOVE_CREDENTIAL&max=100", null)
                .text();
        assertTrue(events.contains(leaked.path("prefix").asText()) && events.contains("revoked_by"), events);
        assertFalse(Keycloak.get().log().contains(token(leaked).substring(10)));
    }

    @Test
    void allTokensOfAUserAndNoOthersAreRevoked() {
        String victim = QA_HUB.newUser("victim");
        String bearer = QA_HUB.signIn("victim");
        String one = token(QA_HUB.newToken(bearer, "one"));
        String two = token(QA_HUB.newToken(bearer, "two"));
        String others = token(QA_HUB.newToken(QA_HUB.signIn("bob"), "stays"));
        assertTrue(QA_HUB.isActive(one) && QA_HUB.isActive(two) && QA_HUB.isActive(others));
        String root = Realm.admin();
        String user = "{\"user\":\"" + victim + "\"%s}";
        assertEquals(
                2,
                admins.revokeAll(root, user.formatted(",\"dryRun\":true"))
                        .json()
                        .path("revoked")
                        .asInt());
        assertTrue(QA_HUB.isActive(one));
        assertEquals(
                2,
                admins.revokeAll(root, user.formatted(""))
                        .json()
                        .path("revoked")
                        .asInt());
        assertFalse(QA_HUB.isActive(one) || QA_HUB.isActive(two));
        assertTrue(QA_HUB.isActive(others));
        assertEquals(
                0,
                admins.revokeAll(root, user.formatted(""))
                        .json()
                        .path("revoked")
                        .asInt());
        assertEquals(404, admins.revokeAll(root, "{\"user\":\"unprivileged\"}").status());
    }

    @Test
    void onlyTokensThatMatchTheFilterAreRevoked() {
        String owner = QA_HUB.newUser("filtered");
        String bearer = QA_HUB.signIn("filtered");
        String stale = token(QA_HUB.newToken(bearer, "nightly one"));
        String kept = token(QA_HUB.newToken(bearer, "weekly"));
        String reader = token(QA_HUB.create(bearer, "{\"name\":\"nightly two\",\"scopes\":[\"read\"]}")
                .json());
        String root = Realm.admin();
        String filter =
                "{\"filter\":{\"search\":\"nightly\",\"user\":\"filtered\",\"scope\":\"write\",\"neverUsed\":true}}";
        assertEquals(1, admins.revokeAll(root, filter).json().path("revoked").asInt());
        assertFalse(QA_HUB.isActive(stale));
        assertTrue(QA_HUB.isActive(kept) && QA_HUB.isActive(reader));
        assertEquals("2", admins.list(root, "?user=" + owner).header("X-Total-Count"));
        assertEquals("1", admins.list(root, "?user=filtered&status=revoked").header("X-Total-Count"));
        assertEquals("0", admins.list(root, "?user=filtered&notUsedForDays=1").header("X-Total-Count"));
        assertEquals(
                "0", admins.list(root, "?user=filtered&expiresWithinDays=9").header("X-Total-Count"));
        assertEquals(
                "weekly",
                admins.list(root, "?user=filtered&sort=created&order=asc")
                        .json()
                        .get(0)
                        .path("name")
                        .asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"all\":false}",
                "{\"all\":true,\"user\":\"x\"}",
                "{\"ids\":[]}",
                "{\"ids\":\"x\"}",
                "{\"ids\":[1]}",
                "{\"filter\":{}}",
                "{\"filter\":{\"sarch\":\"x\"}}",
                "{\"filter\":{\"status\":\"x\"}}",
                "{\"filter\":{\"scope\":\"x\"}}",
                "{\"filter\":{\"notUsedForDays\":\"-1\"}}",
                "{\"filter\":{\"neverUsed\":\"yes\"}}",
                "{\"filter\":{\"user\":null}}",
                "{\"user\":1}",
                "{\"all\":true,\"dryRun\":1}",
                "{\"all\":true,\"dry\":true}"
            })
    void anInvalidRevocationIsRejected(String body) {
        Answer answer = admins.revokeAll(Realm.admin(), body);
        assertEquals(400, answer.status(), answer.text());
        assertEquals("invalid_request", answer.json().path("error").asText());
        assertFalse(answer.json().path("error_description").asText().isBlank());
    }

    @Test
    void keycloaksAdminRolesApply() {
        JsonNode created = QA_HUB.newToken(QA_HUB.signIn("alice"), "coveted");
        String id = created.path("id").asText();
        String ids = "{\"ids\":[\"" + id + "\"]}";

        String viewer = admins.newAdmin("viewer", "view-users");
        assertEquals(200, admins.list(viewer, "").status());
        assertFalse(mayRevoke(admins.list(viewer, "/" + id)));
        assertTrue(mayRevoke(admins.list(Realm.admin(), "/" + id)));
        refusedRevocation(viewer, id, ids, 403);
        assertEquals(403, admins.create(viewer, "{\"client\":\"qa-hub-api\"}").status());

        for (String unprivileged : new String[] {admins.newAdmin("nobody"), QA_HUB.signIn("alice")}) {
            for (String filter : List.of("", "?scope=read", "?scope=none", "?user=none", "?first=x", "?sort=x")) {
                assertEquals(403, admins.list(unprivileged, filter).status(), filter);
            }
            for (String filter : List.of("{\"scope\":\"none\"}", "{\"user\":\"none\"}", "{\"status\":\"x\"}")) {
                assertEquals(
                        403,
                        admins.revokeAll(unprivileged, "{\"filter\":" + filter + "}")
                                .status(),
                        filter);
            }
            assertEquals(403, admins.list(unprivileged, "/" + id).status());
            refusedRevocation(unprivileged, id, ids, 403);
            assertEquals(403, admins.create(unprivileged, "{\"client\":\"x\"}").status());
        }
        assertEquals(401, admins.list(null, "").status());
        refusedRevocation(null, id, ids, 401);
        refusedRevocation(token(created), id, ids, 401);
        assertTrue(QA_HUB.isActive(token(created)));

        String manager = admins.newAdmin("manager", "manage-users");
        assertEquals(1, admins.revokeAll(manager, ids).json().path("revoked").asInt());
        assertFalse(QA_HUB.isActive(token(created)));
    }

    @Test
    void anAdminOfAnotherRealmHasNoAccess() {
        Realm other = Realm.fresh("elsewhere");
        JsonNode created = QA_HUB.newToken(QA_HUB.signIn("alice"), "abroad");
        String id = created.path("id").asText();
        String ofTheRealm = new Admins(other).newAdmin("there", "realm-admin");
        Realm master = new Realm("master");
        new Admins(master)
                .grant(master.newUser("there"), "elsewhere-realm", "view-users", "manage-users", "manage-clients");
        for (String admin : new String[] {ofTheRealm, master.signIn("there", "admin-cli")}) {
            assertEquals(200, new Admins(other).list(admin, "").status());
            assertEquals(403, admins.list(admin, "").status());
            assertEquals(403, admins.list(admin, "/" + id).status());
            assertEquals(
                    403, admins.create(admin, "{\"client\":\"qa-hub-api\"}").status());
            refusedRevocation(admin, id, "{\"ids\":[\"" + id + "\"]}", 403);
        }
        assertTrue(QA_HUB.isActive(token(created)));
        other.delete();
    }

    private static boolean mayRevoke(Answer token) {
        return token.json().path("access").path("revoke").asBoolean();
    }

    private void refusedRevocation(String bearer, String id, String ids, int status) {
        assertEquals(status, admins.revoke(bearer, id).status());
        assertEquals(status, admins.revokeAll(bearer, ids).status());
        assertEquals(status, admins.revokeAll(bearer, "{\"all\":true}").status());
        assertEquals(
                status,
                admins.revokeAll(bearer, "{\"filter\":{\"neverUsed\":true}}").status());
        assertEquals(
                status,
                admins.revokeAll(bearer, "{\"user\":\"" + admins.userId("alice") + "\"}")
                        .status());
    }
}
