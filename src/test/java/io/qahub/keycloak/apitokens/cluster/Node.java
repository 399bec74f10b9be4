package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;

/** A node of the cluster, with calls to its demo realm. */
final class Node {
    private final Keycloak server;
    private final Realm realm;

    Node(Keycloak server) {
        this.server = server;
        this.realm = new Realm(server, "qa-hub");
    }

    Realm realm() {
        return realm;
    }

    Keycloak server() {
        return server;
    }

    /** Returns the response of our own introspection endpoint, whatever its status. */
    Answer introspect(String token) {
        return realm.introspect(Realm.OWN_ENDPOINT, token);
    }

    /** Returns whether the token is active; fails if introspection fails. */
    boolean isActive(String token) {
        return isActive(realm, token);
    }

    /** Returns whether the token of another realm is active; fails if introspection fails. */
    static boolean isActive(Realm realm, String token) {
        Answer answer = realm.introspect(Realm.OWN_ENDPOINT, token);
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("active").asBoolean();
    }

    Answer admin(String method, String rest, String json) {
        Http call = Http.call(server, method, "/admin/realms/qa-hub" + rest).bearer(realm.adminToken());
        return (json == null ? call : call.json(json)).send();
    }

    void revokeInBulk(String json) {
        Answer answer = admin("POST", "/api-tokens/revoke", json);
        assertEquals(200, answer.status(), answer.text());
        assertEquals(1, answer.json().path("revoked").asInt());
    }

    void setEnabled(String userId, boolean enabled) {
        assertEquals(
                204,
                admin("PUT", "/users/" + userId, "{\"enabled\":" + enabled + "}")
                        .status());
    }

    /** Creates a user; the password is the name. */
    String newUser(String user) {
        return realm.newUser(user);
    }

    JsonNode newToken(String user) {
        return realm.newToken(realm.signIn(user), "of " + user);
    }
}
