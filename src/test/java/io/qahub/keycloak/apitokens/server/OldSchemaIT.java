package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The schema of 0.1.0 is migrated with its data on the database of the shared server, which {@code .ci/database} sets. There,
 * scopes were one of three values.
 */
class OldSchemaIT {
    private static final Map<String, String> SCOPE_BY_TOKEN = Map.of(
            UpgradeIT.KEPT,
            "read write",
            "qh_k3read_Snu06k2dE8HNhpgy3OgjoTmm44zYr14DP1Bd",
            "read",
            "qh_k3writ_6yfGAEV7h63IqopbYfaEX9ZnU8k8R64PoWjY",
            "write");

    @Test
    void tokensKeepTheirScopes() throws IOException {
        Database database = Database.empty("old-schema");
        portable(UpgradeIT.script("0.1.0")).forEach(database::execute);
        UpgradeIT.importRealm("keycloak-old-schema");
        try (Keycloak keycloak = Keycloak.production("old-schema", database)) {
            Realm realm = new Realm(keycloak, UpgradeIT.NAME);
            SCOPE_BY_TOKEN.forEach((token, scope) -> assertEquals(scope, scope(realm, token)));
            String alice = realm.signIn("alice");
            JsonNode made = realm.newToken(alice, "made");
            assertEquals("read write", scope(realm, made.path("token").asText()));
            assertEquals(
                    3, realm.admin("GET", "/api-tokens?scope=read", null).json().size());
            assertThrows(
                    IllegalStateException.class,
                    () -> database.execute("update QH_API_TOKEN set SCOPES = null"),
                    "a token without scopes");
            assertTrue(realm.isActive(UpgradeIT.KEPT));
        }
    }

    private static String scope(Realm realm, String token) {
        return realm.introspect(Realm.OWN_ENDPOINT, token).json().path("scope").asText();
    }

    /** H2's script, as all databases understand it. */
    private static Stream<String> portable(String script) {
        String text = script.replaceAll("(?m)^--.*$", "").replace("\"", "").replaceAll(" NULLS (FIRST|DISTINCT)", "");
        return Stream.of(text.split(";\n")).filter(statement -> !statement.isBlank());
    }
}
