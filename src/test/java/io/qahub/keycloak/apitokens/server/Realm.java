package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A realm that is set up like the demo realm, and calls to it. */
public record Realm(Keycloak server, String name) {
    public static final Realm QA_HUB = new Realm(Keycloak.get(), "qa-hub");
    public static final String OWN_ENDPOINT = "/api-tokens/introspect";
    public static final String STANDARD_ENDPOINT = "/protocol/openid-connect/token/introspect";

    public Realm(String name) {
        this(Keycloak.get(), name);
    }

    /** Creates a copy of the demo realm with another name, without its second API and its organization. */
    public static Realm fresh(String name) {
        return fresh(Keycloak.get(), name);
    }

    /** The same on this server. */
    public static Realm fresh(Keycloak server, String name) {
        return create(server, name, DemoRealm.json(name));
    }

    /** Creates a copy of the demo realm with another name, with its second API and its organization. */
    public static Realm demo(String name) {
        return create(Keycloak.get(), name, DemoRealm.complete(name));
    }

    private static Realm create(Keycloak server, String name, String json) {
        Answer made = Http.call(server, "POST", "/admin/realms")
                .bearer(MasterAdmin.accessToken(server))
                .json(json)
                .send();
        assertEquals(201, made.status(), made.text());
        Realm realm = new Realm(server, name);
        BuiltInScopes.assign(server, realm.nameInUrls());
        return realm;
    }

    public void delete() {
        assertEquals(204, admin("DELETE", "", null).status());
    }

    /** Returns the id of this realm, as stored in the database. */
    public String id() {
        return admin("GET", "", null).json().path("id").asText();
    }

    public String path(String rest) {
        return "/realms/" + nameInUrls() + rest;
    }

    /** Returns the name as it appears in URLs. */
    public String nameInUrls() {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Http call(String method, String rest) {
        return Http.call(server, method, path(rest));
    }

    /** Signs a user in with the password; returns the access token. */
    public String signIn(String user, String client) {
        return grant(client, user).json().path("access_token").asText();
    }

    public String signIn(String user) {
        return signIn(user, "qa-hub-cli");
    }

    /** Signs in a user whose password is the name; returns all tokens. */
    public Answer grant(String client, String user) {
        return grant(client, user, user);
    }

    /** Signs in a user with a password; returns all tokens. */
    Answer grant(String client, String user, String password) {
        Http call = call("POST", "/protocol/openid-connect/token");
        if (client.equals("qa-hub-api")) {
            call.basic(client, client + "-secret");
            return call.form(Map.of("grant_type", "password", "username", user, "password", password))
                    .send();
        }
        return call.form(Map.of("grant_type", "password", "client_id", client, "username", user, "password", password))
                .send();
    }

    public Answer create(String bearer, String json) {
        return call("POST", "/api-tokens").bearer(bearer).json(json).send();
    }

    public JsonNode newToken(String bearer, String tokenName) {
        String json = "{\"name\":\"" + tokenName + "\",\"scopes\":[\"read\",\"write\"]}";
        return RetryAfter.send(() -> create(bearer, json)).json();
    }

    public Answer list(String bearer, String query) {
        return call("GET", "/api-tokens" + query).bearer(bearer).send();
    }

    public Answer revoke(String bearer, String id) {
        return call("DELETE", "/api-tokens/" + id).bearer(bearer).send();
    }

    /** Introspects as the resource server {@code qa-hub-api}. */
    public Answer introspect(String endpoint, String token) {
        return call("POST", endpoint)
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("token", token))
                .send();
    }

    public Answer introspect(String endpoint, String token, String hint) {
        return call("POST", endpoint)
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("token", token, "token_type_hint", hint))
                .send();
    }

    public boolean isActive(String token) {
        return RetryAfter.send(() -> introspect(OWN_ENDPOINT, token))
                .json()
                .path("active")
                .asBoolean();
    }

    /** Returns an access token of the master realm's admin. */
    public static String admin() {
        return MasterAdmin.accessToken(Keycloak.get());
    }

    /** Returns an access token of the admin of this realm's server. */
    public String adminToken() {
        return MasterAdmin.accessToken(server);
    }

    /** Calls this realm's admin API. */
    public Answer admin(String method, String rest, String json) {
        Http call = Http.call(server, method, "/admin/realms/" + nameInUrls() + rest)
                .bearer(MasterAdmin.accessToken(server));
        return (json == null ? call : call.json(json)).send();
    }

    public String userId(String user) {
        return admin("GET", "/users?exact=true&username=" + user, null)
                .json()
                .path(0)
                .path("id")
                .asText();
    }

    /** Creates a user whose password is the name; returns the id. */
    public String newUser(String user) {
        Answer made = admin("POST", "/users", """
                {"username":"%1$s","enabled":true,"email":"%1$s@example.org","firstName":"F","lastName":"L",
                 "credentials":[{"type":"password","value":"%1$s"}]}""".formatted(user));
        assertEquals(201, made.status(), made.text());
        String location = made.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
