package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http.Answer;

/** Organizations of a realm and their members, changed as an administrator does. */
public record Organizations(Realm realm) {

    /** Lets the realm have organizations, or not. */
    public void enable(boolean enabled) {
        done(realm.admin("PUT", "", """
                {"realm":"%s","organizationsEnabled":%s}""".formatted(realm.name(), enabled)));
    }

    /** Creates an organization named {@code The <alias>}; returns its id. */
    public String create(String alias) {
        Answer made = realm.admin("POST", "/organizations", json(alias, true));
        assertEquals(201, made.status(), made.text());
        String location = made.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    public void setEnabled(String id, String alias, boolean enabled) {
        done(realm.admin("PUT", "/organizations/" + id, json(alias, enabled)));
    }

    public void join(String id, String userId) {
        Answer answer = realm.admin("POST", "/organizations/" + id + "/members", userId);
        assertEquals(201, answer.status(), answer.text());
    }

    public void leave(String id, String userId) {
        done(realm.admin("DELETE", "/organizations/" + id + "/members/" + userId, null));
    }

    private static String json(String alias, boolean enabled) {
        return """
                {"name":"The %1$s","alias":"%1$s","enabled":%2$s,"domains":[{"name":"%1$s.example"}]}""".formatted(alias, enabled);
    }

    private static void done(Answer answer) {
        assertEquals(204, answer.status(), answer.text());
    }
}
