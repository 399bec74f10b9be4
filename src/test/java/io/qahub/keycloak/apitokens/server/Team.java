package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http.Answer;

/** A realm in which fine-grained admin permissions let {@code lead} manage the members of one group: alice, not bob. */
public final class Team {
    private Team() {}

    public static Realm realm(String name) {
        Realm realm = Realm.fresh(name);
        Admins admins = new Admins(realm);
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"realm\":\"" + name + "\",\"adminPermissionsEnabled\":true}")
                        .status());
        String team = idOf(realm.admin("POST", "/groups", "{\"name\":\"team\"}"));
        realm.admin("PUT", "/users/" + admins.userId("alice") + "/groups/" + team, null);
        admins.newAdmin("lead", "query-users");
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
        return realm;
    }

    private static String idOf(Answer created) {
        String location = created.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
