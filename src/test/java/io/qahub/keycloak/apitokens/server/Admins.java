package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;

/** Calls {@code /admin/realms/{realm}/api-tokens}, and creates admins with specific roles. */
record Admins(Realm realm) {

    /** Creates a user with these roles of the client realm-management; returns an access token. */
    String newAdmin(String username, String... roles) {
        String user = realm.newUser(username);
        grant(user, "realm-management", roles);
        return realm.signIn(username);
    }

    /** Gives a user these roles of a client. */
    void grant(String user, String client, String... roles) {
        String uuid = clientUuid(client);
        ArrayNode mapping = new ObjectMapper().createArrayNode();
        for (String role : roles) {
            mapping.add(realm.admin("GET", "/clients/" + uuid + "/roles/" + role, null)
                    .json());
        }
        if (roles.length > 0) {
            realm.admin("POST", "/users/" + user + "/role-mappings/clients/" + uuid, mapping.toString());
        }
    }

    String clientUuid(String clientId) {
        return realm.admin("GET", "/clients?clientId=" + clientId, null)
                .json()
                .get(0)
                .path("id")
                .asText();
    }

    String userId(String username) {
        return realm.admin("GET", "/users?exact=true&username=" + username, null)
                .json()
                .get(0)
                .path("id")
                .asText();
    }

    Answer list(String bearer, String query) {
        return call("GET", query, bearer, null);
    }

    Answer revoke(String bearer, String id) {
        return call("DELETE", "/" + id, bearer, null);
    }

    Answer revokeAll(String bearer, String json) {
        return call("POST", "/revoke", bearer, json);
    }

    Answer shorten(String bearer, String json) {
        return call("POST", "/shorten", bearer, json);
    }

    Answer create(String bearer, String json) {
        return call("POST", "", bearer, json);
    }

    private Answer call(String method, String rest, String bearer, String json) {
        Http call = Http.call(realm.server(), method, "/admin/realms/" + realm.name() + "/api-tokens" + rest);
        if (bearer != null) {
            call.bearer(bearer);
        }
        return (json == null ? call : call.json(json)).send();
    }

    static String token(JsonNode created) {
        return created.path("token").asText();
    }
}
