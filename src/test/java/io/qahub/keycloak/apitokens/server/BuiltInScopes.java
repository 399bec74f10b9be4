package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Keycloak's built-in client scopes. Before 26.6, Keycloak does not create them in a realm whose file contains client scopes.
 * {@code built-in-scopes.json} has been exported from 26.4.7.
 */
final class BuiltInScopes {
    private BuiltInScopes() {}

    /** Adds the scopes if the server would not create them. */
    static void addTo(ObjectNode realm) throws IOException {
        if (!Build.keycloakVersion().matches("26\\.[45]\\..*")) {
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
