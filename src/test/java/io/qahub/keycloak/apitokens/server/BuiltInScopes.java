package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Keycloak's built-in client scopes. Before 26.6, Keycloak does not create them in a realm whose file contains client scopes.
 * {@code built-in-scopes.json} has been exported from 26.4.7.
 */
final class BuiltInScopes {
    private static final List<String> CONSOLES = List.of("account-console", "security-admin-console");

    private BuiltInScopes() {}

    private static boolean areMissing() {
        return Build.keycloakVersion().matches("26\\.[45]\\..*");
    }

    /**
     * Assigns the default scopes to the clients that Keycloak has created before it has read the scopes from the file.
     *
     * @param realm the realm's name as it appears in URLs; not a {@link Realm}, whose class needs the server that is starting
     */
    static void assign(Keycloak server, String realm) {
        if (!areMissing()) {
            return;
        }
        for (String client : CONSOLES) {
            String id = call(server, "GET", realm, "/clients?clientId=" + client)
                    .json()
                    .path(0)
                    .path("id")
                    .asText();
            for (String kind : List.of("default", "optional")) {
                assign(server, realm, id, kind);
            }
        }
    }

    private static void assign(Keycloak server, String realm, String client, String kind) {
        JsonNode scopes = call(server, "GET", realm, "/default-" + kind + "-client-scopes")
                .json();
        for (JsonNode scope : scopes) {
            String path = "/clients/" + client + "/" + kind + "-client-scopes/"
                    + scope.path("id").asText();
            assertEquals(204, call(server, "PUT", realm, path).status());
        }
    }

    private static Answer call(Keycloak server, String method, String realm, String path) {
        return Http.call(server, method, "/admin/realms/" + realm + path)
                .bearer(MasterAdmin.accessToken(server))
                .send();
    }

    /** Adds the scopes if the server would not create them. */
    static void addTo(ObjectNode realm) throws IOException {
        if (!areMissing()) {
            return;
        }
        try (InputStream file = BuiltInScopes.class.getResourceAsStream("/realm/built-in-scopes.json")) {
            ObjectNode builtIn = (ObjectNode) new ObjectMapper().readTree(file);
            for (JsonNode scope : builtIn.path("clientScopes")) {
                ((ArrayNode) realm.path("clientScopes")).add(scope);
            }
            builtIn.remove("clientScopes");
            realm.setAll(builtIn);
        }
    }
}
