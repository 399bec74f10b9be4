package io.qahub.keycloak.apitokens.bench;

import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;

/**
 * Introspection with three protocol mappers of a client scope, for roles, groups and email address: of 1,000 cached
 * tokens at both endpoints, and Keycloak's own introspection of a lightweight access token. All belong to one user.
 */
final class Mappers {
    private static final int WARM_UP_SECONDS = Integer.getInteger("bench.warm-up", 40);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 6);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);

    private static final String MAPPERS = """
            [{"name":"r","protocol":"openid-connect","protocolMapper":"oidc-usermodel-realm-role-mapper",
              "config":{"claim.name":"roles","multivalued":"true","introspection.token.claim":"true"}},
             {"name":"g","protocol":"openid-connect","protocolMapper":"oidc-group-membership-mapper",
              "config":{"claim.name":"groups","full.path":"true","introspection.token.claim":"true"}},
             {"name":"e","protocol":"openid-connect","protocolMapper":"oidc-usermodel-property-mapper",
              "config":{"claim.name":"mail","user.attribute":"email","introspection.token.claim":"true"}}]""";

    private Mappers() {}

    static String run(Postgres database) {
        try (Server server = Server.start("one", database)) {
            Realm realm = new Realm(server.keycloak(), "qa-hub");
            defineScope(realm);
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", 1);
            List<String> tokens = rows.make("owner", 1, 1000);
            database.execute(
                    "update qh_api_token set scopes = 'cases:read', user_id = '" + realm.userId("alice") + "'");
            Endpoints endpoints = new Endpoints(server);
            Load jwt = endpoints.jwt().named("lightweight access token, Keycloak's own");
            List<Load> loads = List.of(jwt, endpoints.standard(tokens), endpoints.own(tokens));
            String lightweight = realm.signIn("alice", "qa-hub-api");
            for (String token : List.of(lightweight, tokens.get(0))) {
                String answer = realm.introspect(STANDARD_ENDPOINT, token).text();
                if (!answer.contains("\"roles\":[\"tester\"]")
                        || !answer.contains("\"groups\":[\"/testers\"]")
                        || !answer.contains("\"mail\":\"alice@example.org\"")) {
                    throw new IllegalStateException("without the claims of the mappers: " + answer);
                }
            }
            loads.forEach(load -> load.run(WARM_UP_SECONDS));
            return Rounds.ofWarm(loads, ROUNDS, SECONDS).table(jwt);
        }
    }

    private static void defineScope(Realm realm) {
        ClientScopes scopes = new ClientScopes(realm);
        String alice = realm.userId("alice");
        scopes.newRole("tester");
        scopes.roleOf("POST", "users/" + alice, "tester");
        scopes.member("PUT", scopes.newGroup("testers"), alice);
        String scope = scopes.create("cases:read", "\"apiTokens.grantable\":\"true\"", MAPPERS);
        scopes.requireRole(scope, "tester");
        scopes.assign("qa-hub-api", scope, "default");
        String client = scopes.uuid("qa-hub-api");
        realm.admin("PUT", "/clients/" + client, """
                {"clientId":"qa-hub-api","attributes":{"client.use.lightweight.access.token.enabled":"true"}}""");
    }
}
