package io.qahub.keycloak.apitokens.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Realm;

/** Realms other than the demo's, each with one user. */
final class Realms {
    static final String USER = "robin";

    private Realms() {}

    /** Creates a realm with these settings, a list of JSON members, whose user's console uses this language. */
    static void create(String name, String settings, String language) {
        String json = "{\"realm\":\"%s\",\"enabled\":true,%s}".formatted(name, settings);
        int status = Http.call("POST", "/admin/realms")
                .bearer(Realm.admin())
                .json(json)
                .send()
                .status();
        assertEquals(201, status);
        // Not part of the realm's import: that would leave the user without the default roles.
        new Realm(name).admin("POST", "/users", People.json(USER, language));
    }

    /** Makes the realm's user an admin of it. */
    static void grantAdmin(String name) {
        People.grant(new Realm(name), USER, "realm-admin");
    }
}
