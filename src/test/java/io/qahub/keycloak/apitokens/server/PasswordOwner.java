package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Map;

/** A user whose first password is the name, and the latest token of the user. */
final class PasswordOwner {
    private final Realm realm;
    private final String name;
    private final String id;
    private JsonNode token;

    PasswordOwner(Realm realm, String name, String id) {
        this.realm = realm;
        this.name = name;
        this.id = id;
        newToken("t");
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    /** Creates another token, which the other methods then use. */
    void newToken(String tokenName) {
        token = realm.newToken(realm.signIn(name), tokenName);
        assertTrue(isActive());
    }

    boolean isActive() {
        return realm.isActive(token.path("token").asText());
    }

    void assertRevoked() {
        assertFalse(isActive());
        JsonNode listed = realm.admin("GET", "/api-tokens/" + token.path("id").asText(), null)
                .json();
        assertEquals("revoked", listed.path("status").asText(), listed.toString());
    }

    /** Resets the password as an administrator. */
    Answer reset(String password) {
        return realm.admin("PUT", "/users/" + id + "/reset-password", """
                {"type":"password","value":"%s","temporary":false}""".formatted(password));
    }

    /** Updates the user as an administrator, and returns the status. */
    int update(String json) {
        return realm.admin("PUT", "/users/" + id, json).status();
    }

    /** Opens the login pages and enters the first password. */
    LoginPages login(String parameters) {
        return LoginPages.open(realm, parameters).submit(Map.of("username", name, "password", name));
    }

    boolean signsInWith(String password) {
        Answer answer = realm.grant("qa-hub-cli", name, password);
        boolean isRejected = answer.json().path("error").asText().equals("invalid_grant");
        assertTrue(answer.status() == 200 || isRejected, answer.text());
        return !isRejected;
    }
}
