package io.qahub.keycloak.apitokens.browser;

import io.qahub.keycloak.apitokens.server.Realm;
import java.util.UUID;

/** Users of the qa-hub realm that no other test knows. */
final class People {
    private People() {}

    static String newUser() {
        return newUser("en");
    }

    /** Makes a user who reads the console in this language; the password is the name. */
    static String newUser(String language) {
        String name = "user-" + UUID.randomUUID().toString().substring(0, 8);
        Realm.QA_HUB.admin("POST", "/users", json(name, language));
        return name;
    }

    static String json(String name, String language) {
        return """
            {"username":"%1$s","enabled":true,"email":"%1$s@example.org","firstName":"Robin","lastName":"Reed",
             "attributes":{"locale":["%2$s"]},"credentials":[{"type":"password","value":"%1$s"}]}""".formatted(name, language);
    }

    /** Ends a user's sessions, as an administrator can. */
    static void signOut(String name) {
        String id = Realm.QA_HUB
                .admin("GET", "/users?exact=true&username=" + name, null)
                .json()
                .path(0)
                .path("id")
                .asText();
        Realm.QA_HUB.admin("POST", "/users/" + id + "/logout", "{}");
    }
}
