package io.qahub.keycloak.apitokens.server;

/** Organizations of a realm and their members, changed as an administrator does. */
public record Organizations(Realm realm) {

    /** Sets whether the realm has organizations. */
    public void setEnabled(boolean enabled) {
        ClientScopes.done(realm.admin(
                "PUT", "", "{\"realm\":\"" + realm.name() + "\",\"organizationsEnabled\":" + enabled + "}"));
    }

    /** Creates an organization with the name {@code The <alias>}; returns its id. */
    public String create(String alias) {
        return ClientScopes.idOf(realm.admin("POST", "/organizations", json(alias, true)));
    }

    public void setEnabled(String id, String alias, boolean enabled) {
        ClientScopes.done(realm.admin("PUT", "/organizations/" + id, json(alias, enabled)));
    }

    public void delete(String id) {
        ClientScopes.done(realm.admin("DELETE", "/organizations/" + id, null));
    }

    public void join(String id, String userId) {
        ClientScopes.idOf(realm.admin("POST", "/organizations/" + id + "/members", userId));
    }

    public void leave(String id, String userId) {
        ClientScopes.done(realm.admin("DELETE", "/organizations/" + id + "/members/" + userId, null));
    }

    private static String json(String alias, boolean enabled) {
        return """
                {"name":"The %1$s","alias":"%1$s","enabled":%2$s,"domains":[{"name":"%1$s.example"}]}""".formatted(alias, enabled);
    }
}
