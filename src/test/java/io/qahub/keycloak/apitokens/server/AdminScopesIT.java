package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin's list of scopes, and the switch that makes client scopes grantable. */
class AdminScopesIT {
    private static Realm realm;
    private static ClientScopes admin;
    private static String cases;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("admin-scopes");
        admin = new ClientScopes(realm);
        admin.newRole("editor");
        admin.newResourceServer("cases-api");
        cases = admin.create("cases:read", "\"apiTokens.grantable\":\"true\",\"consent.screen.text\":\"Read cases\"");
        admin.assign("cases-api", cases, "optional");
        String alice = realm.signIn("alice");
        realm.create(alice, "{\"name\":\"t\",\"scopes\":[\"cases:read\",\"read\"]}");
        admin.requireRole(cases, "editor");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void allScopesAreListedWithWhatTheyRequireAndWhereTheyAreGood() {
        assertEquals(
                "{\"id\":\"" + cases + "\",\"name\":\"cases:read\",\"text\":\"Read cases\",\"builtIn\":false,"
                        + "\"grantable\":true,\"methods\":[],\"roles\":[{\"name\":\"editor\",\"client\":null}],"
                        + "\"resourceServers\":[\"cases-api\"],\"tokens\":1,\"access\":{\"manage\":true}}",
                scope("cases:read").toString());
        JsonNode read = scope("read");
        assertTrue(read.path("id").isNull() && read.path("builtIn").asBoolean(), read.toString());
        assertEquals("[\"GET\",\"HEAD\",\"OPTIONS\"]", read.path("methods").toString());
        assertEquals(1, read.path("tokens").asInt());
        assertFalse(scope("profile").path("grantable").asBoolean());
        assertTrue(scope("api-tokens").isMissingNode());
    }

    @Test
    void anAdminSwitchesAClientScopeOnAndOff() {
        String id = admin.create("switched", "\"display.on.consent.screen\":\"false\"");
        String alice = realm.signIn("alice");
        String json = "{\"name\":\"t\",\"scopes\":[\"switched\"]}";
        assertEquals(400, realm.create(alice, json).status());
        Answer on = update(id, "{\"grantable\":true,\"methods\":[\"GET\",\"HEAD\"]}");
        assertEquals(200, on.status(), on.text());
        assertTrue(on.json().path("grantable").asBoolean());
        assertEquals("[\"GET\",\"HEAD\"]", on.json().path("methods").toString());
        assertEquals(201, realm.create(alice, json).status());
        JsonNode event = realm.admin("GET", "/admin-events?max=1&resourceTypes=CLIENT_SCOPE", null)
                .json()
                .path(0);
        assertEquals("client-scopes/" + id, event.path("resourcePath").asText(), event.toString());
        assertTrue(update(id, "{\"methods\":[]}").json().path("grantable").asBoolean());
        assertFalse(update(id, "{\"grantable\":false}").json().path("grantable").asBoolean());
        assertEquals(400, realm.create(alice, json).status());
        assertEquals(1, scope("switched").path("tokens").asInt());
        admin.delete(id);
        JsonNode gone = scope("switched");
        assertTrue(gone.path("id").isNull() && gone.path("tokens").asInt() == 1, gone.toString());
        Answer revoked = realm.admin("POST", "/api-tokens/revoke", "{\"filter\":{\"scope\":\"switched\"}}");
        assertEquals(1, revoked.json().path("revoked").asInt(), revoked.text());
        assertTrue(scope("switched").isMissingNode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"grantable\":\"true\"}",
                "{\"methods\":\"GET\"}",
                "{\"methods\":[\"PURGE\"]}",
                "{\"methods\":[\"GET\",\"GET\"]}",
                "{\"name\":\"x\"}"
            })
    void otherUpdatesAreRejected(String json) {
        assertEquals(400, update(cases, json).status());
    }

    @Test
    void aScopeIsManagedByThoseWhoManageClientScopes() {
        Admins admins = new Admins(realm);
        String viewer = admins.newAdmin("scope-viewer", "view-users");
        JsonNode listed = find(list(viewer, ""), "cases:read");
        assertTrue(
                listed.path("roles").isNull() && listed.path("resourceServers").isNull(), listed.toString());
        assertEquals(1, listed.path("tokens").asInt());
        assertFalse(listed.at("/access/manage").asBoolean());
        assertEquals(403, put(viewer, cases, "{\"grantable\":true}").status());
        String clients = admins.newAdmin("scope-manager", "manage-clients");
        JsonNode managed = find(list(clients, ""), "cases:read");
        assertTrue(
                managed.path("tokens").isNull() && managed.at("/access/manage").asBoolean(), managed.toString());
        assertEquals(200, put(clients, cases, "{\"grantable\":true}").status());
        assertEquals(404, update("none", "{\"grantable\":true}").status());
    }

    @Test
    void onlyTheScopesOfAServiceAccountAreListedForItsClient() {
        new AccessTokens(realm).newClient("robot", "\"serviceAccountsEnabled\":true");
        assertEquals(
                List.of("read", "write"), list(Realm.admin(), "?client=robot").findValuesAsText("name"));
        assertEquals(
                400, realm.admin("GET", "/api-tokens/scopes?client=none", null).status());
    }

    private static JsonNode scope(String name) {
        return find(list(Realm.admin(), ""), name);
    }

    private static JsonNode find(JsonNode scopes, String name) {
        return StreamSupport.stream(scopes.spliterator(), false)
                .filter(scope -> scope.path("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static JsonNode list(String bearer, String query) {
        return Http.call("GET", "/admin/realms/admin-scopes/api-tokens/scopes" + query)
                .bearer(bearer)
                .send()
                .json();
    }

    private static Answer update(String id, String json) {
        return put(Realm.admin(), id, json);
    }

    private static Answer put(String bearer, String id, String json) {
        return Http.call("PUT", "/admin/realms/admin-scopes/api-tokens/scopes/" + id)
                .bearer(bearer)
                .json(json)
                .send();
    }
}
