package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.stream.StreamSupport;

/** Client scopes, roles, groups and their assignments in a realm, changed as an administrator does. */
public record ClientScopes(Realm realm) {

    /** Creates a client scope that tokens may be given; returns its id. */
    public String newGrantable(String name) {
        return create(name, "\"apiTokens.grantable\":\"true\"");
    }

    /** Creates a client scope with these attributes; returns its id. */
    public String create(String name, String attributes) {
        return create(name, attributes, "[]");
    }

    /** Creates a client scope with these attributes and protocol mappers; returns its id. */
    public String create(String name, String attributes, String mappers) {
        return idOf(realm.admin("POST", "/client-scopes", """
                {"name":"%s","protocol":"openid-connect","attributes":{%s},"protocolMappers":%s}""".formatted(name, attributes, mappers)));
    }

    /** Returns the id of the client scope with this name; empty if there is none. */
    String find(String name) {
        return StreamSupport.stream(
                        realm.admin("GET", "/client-scopes", null).json().spliterator(), false)
                .filter(scope -> scope.path("name").asText().equals(name))
                .map(scope -> scope.path("id").asText())
                .findFirst()
                .orElse("");
    }

    public void update(String id, String name, String attributes) {
        done(realm.admin("PUT", "/client-scopes/" + id, """
                {"id":"%s","name":"%s","protocol":"openid-connect","attributes":{%s}}""".formatted(id, name, attributes)));
    }

    public void setGrantable(String id, String name, boolean grantable) {
        update(id, name, "\"apiTokens.grantable\":\"" + grantable + "\"");
    }

    public void delete(String id) {
        done(realm.admin("DELETE", "/client-scopes/" + id, null));
    }

    /** Assigns the client scope to a client; {@code kind} is {@code default} or {@code optional}. */
    public void assign(String client, String id, String kind) {
        done(realm.admin("PUT", "/clients/" + uuid(client) + "/" + kind + "-client-scopes/" + id, "{}"));
    }

    public void unassign(String client, String id, String kind) {
        done(realm.admin("DELETE", "/clients/" + uuid(client) + "/" + kind + "-client-scopes/" + id, null));
    }

    /** Requires a realm role of owners who use the client scope. */
    public void requireRole(String id, String role) {
        done(realm.admin("POST", "/client-scopes/" + id + "/scope-mappings/realm", "[" + role(role) + "]"));
    }

    public void doNotRequireRole(String id, String role) {
        done(realm.admin("DELETE", "/client-scopes/" + id + "/scope-mappings/realm", "[" + role(role) + "]"));
    }

    public void newRole(String name) {
        idOf(realm.admin("POST", "/roles", "{\"name\":\"" + name + "\"}"));
    }

    /** Changes the realm roles of {@code users/<id>} or {@code groups/<id>}; {@code method} is POST or DELETE. */
    public void roleOf(String method, String holder, String role) {
        done(realm.admin(method, "/" + holder + "/role-mappings/realm", "[" + role(role) + "]"));
    }

    /** Adds or removes a realm role as a part of another. */
    public void compose(String method, String role, String part) {
        done(realm.admin(method, "/roles/" + role + "/composites", "[" + role(part) + "]"));
    }

    public String newGroup(String name) {
        return idOf(realm.admin("POST", "/groups", "{\"name\":\"" + name + "\"}"));
    }

    /** Adds or removes a member of a group; {@code method} is PUT or DELETE. */
    public void member(String method, String group, String userId) {
        done(realm.admin(method, "/users/" + userId + "/groups/" + group, method.equals("PUT") ? "{}" : null));
    }

    /** Creates a resource server whose secret is its client id with {@code -secret}. */
    public void newResourceServer(String client) {
        new AccessTokens(realm)
                .newClient(client, "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\"]");
    }

    /** Introspects as a resource server of {@link #newResourceServer}; returns the text of the response. */
    public Answer introspect(String client, String token) {
        return realm.call("POST", Realm.STANDARD_ENDPOINT)
                .basic(client, client + "-secret")
                .form("token=" + token)
                .send();
    }

    public String uuid(String client) {
        return realm.admin("GET", "/clients?clientId=" + client, null)
                .json()
                .at("/0/id")
                .asText();
    }

    private String role(String name) {
        return realm.admin("GET", "/roles/" + name, null).text();
    }

    /** Returns the id of what was created. */
    static String idOf(Answer made) {
        assertEquals(201, made.status(), made.text());
        String location = made.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    static void done(Answer answer) {
        assertEquals(204, answer.status(), answer.text());
    }
}
