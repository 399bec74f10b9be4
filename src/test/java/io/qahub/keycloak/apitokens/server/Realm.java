package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Map;

/** What people and programs do in a realm set up like the demo's. */
record Realm(String name) {
    static final Realm QA_HUB = new Realm("qa-hub");
    static final String OWN_DOOR = "/api-tokens/introspect";
    static final String STANDARD_DOOR = "/protocol/openid-connect/token/introspect";

    String path(String rest) {
        return "/realms/" + name + rest;
    }

    /** Signs a user in by password; returns the access token. */
    String signIn(String user, String client) {
        return grant(client, user).json().path("access_token").asText();
    }

    String signIn(String user) {
        return signIn(user, "qa-hub-cli");
    }

    private Answer grant(String client, String user) {
        Http call = Http.call("POST", path("/protocol/openid-connect/token"));
        if (client.equals("qa-hub-api")) {
            call.basic(client, client + "-secret");
            return call.form(Map.of("grant_type", "password", "username", user, "password", user))
                    .send();
        }
        return call.form(Map.of("grant_type", "password", "client_id", client, "username", user, "password", user))
                .send();
    }

    Answer create(String bearer, String json) {
        return Http.call("POST", path("/api-tokens")).bearer(bearer).json(json).send();
    }

    JsonNode newToken(String bearer, String tokenName) {
        return create(bearer, "{\"name\":\"" + tokenName + "\",\"scopes\":[\"read\",\"write\"]}")
                .json();
    }

    Answer list(String bearer, String query) {
        return Http.call("GET", path("/api-tokens" + query)).bearer(bearer).send();
    }

    Answer revoke(String bearer, String id) {
        return Http.call("DELETE", path("/api-tokens/" + id)).bearer(bearer).send();
    }

    /** Introspects as the resource server {@code qa-hub-api}. */
    Answer introspect(String door, String token) {
        return Http.call("POST", path(door))
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("token", token))
                .send();
    }

    boolean isActive(String token) {
        return introspect(OWN_DOOR, token).json().path("active").asBoolean();
    }

    /** An administrator's access token, from the master realm. */
    static String admin() {
        return Http.call("POST", "/realms/master/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", "admin"))
                .send()
                .json()
                .path("access_token")
                .asText();
    }

    /** A call to this realm's admin API. */
    Answer admin(String method, String rest, String json) {
        Http call = Http.call(method, "/admin/realms/" + name + rest).bearer(admin());
        return (json == null ? call : call.json(json)).send();
    }

    /** Makes a user whose password is the name; returns the id. */
    String newUser(String user) {
        String location = admin("POST", "/users", """
                        {"username":"%1$s","enabled":true,"email":"%1$s@example.org","firstName":"F","lastName":"L",
                         "credentials":[{"type":"password","value":"%1$s"}]}""".formatted(user)).header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
