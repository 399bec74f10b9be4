package io.qahub.keycloak.apitokens.browser;

import io.qahub.keycloak.apitokens.server.Realm;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Users of the qa-hub realm that no other test uses. */
final class People {
    private People() {}

    static String newUser() {
        return newUser("en");
    }

    /** Creates a user whose console uses this language; the password is the name. */
    static String newUser(String language) {
        String name = "user-" + UUID.randomUUID().toString().substring(0, 8);
        Realm.QA_HUB.admin("POST", "/users", json(name, language));
        return name;
    }

    /** Creates a user with these roles of the client realm-management; the password is the name. */
    static String newAdmin(String language, String... roles) {
        String name = newUser(language);
        grant(Realm.QA_HUB, name, roles);
        return name;
    }

    /** Sets the language of a user's consoles. */
    static void setLanguage(String name, String language) {
        String withoutPassword = json(name, language).replaceAll(",\"credentials\".*]", "");
        Realm.QA_HUB.admin("PUT", "/users/" + idOf(name), withoutPassword);
    }

    /** Gives a user these roles of the client realm-management. */
    static void grant(Realm realm, String name, String... roles) {
        grantOf("realm-management", realm, name, roles);
    }

    /** Gives a user these roles of a client. */
    static void grantOf(String clientId, Realm realm, String name, String... roles) {
        String user = idOf(realm, "/users?exact=true&username=" + name);
        String client = idOf(realm, "/clients?clientId=" + clientId);
        String granted = Stream.of(roles)
                .map(role -> realm.admin("GET", "/clients/" + client + "/roles/" + role, null)
                        .text())
                .collect(Collectors.joining(",", "[", "]"));
        realm.admin("POST", "/users/" + user + "/role-mappings/clients/" + client, granted);
    }

    static String json(String name, String language) {
        return """
            {"username":"%1$s","enabled":true,"email":"%1$s@example.org","firstName":"Robin","lastName":"Reed",
             "attributes":{"locale":["%2$s"]},"credentials":[{"type":"password","value":"%1$s"}]}""".formatted(name, language);
    }

    /** Ends a user's sessions, as an administrator can. */
    static void signOut(String name) {
        Realm.QA_HUB.admin("POST", "/users/" + idOf(name) + "/logout", "{}");
    }

    static String idOf(String name) {
        return idOf(Realm.QA_HUB, "/users?exact=true&username=" + name);
    }

    private static String idOf(Realm realm, String search) {
        return realm.admin("GET", search, null).json().path(0).path("id").asText();
    }
}
