package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Upgrades the schema and data of each release, removes the jar, and installs it again. The database is of the kind that the
 * shared server uses.
 */
@Tag("lifecycle")
@Tag("database")
class UpgradeIT {
    /** Tokens of Alice that each script contains, one for each combination of scopes. */
    private static final Map<String, String> SCOPE_BY_TOKEN = Map.of(
            EarlierRelease.TOKEN,
            "read write",
            "qh_k3read_Snu06k2dE8HNhpgy3OgjoTmm44zYr14DP1Bd",
            "read",
            "qh_k3writ_6yfGAEV7h63IqopbYfaEX9ZnU8k8R64PoWjY",
            "write");

    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void tokensAreKeptDuringAnUpgradeAndWhileTheJarIsRemoved(String release) {
        Database database = Database.empty("upgrade-from-" + release);
        EarlierRelease.createTables(database, release);
        EarlierRelease.importRealm("upgraded");
        String made;
        String restricted;
        try (Keycloak keycloak = Keycloak.production("upgraded", database)) {
            Realm realm = new Realm(keycloak, EarlierRelease.REALM);
            SCOPE_BY_TOKEN.forEach((token, scope) -> assertEquals(scope, scope(realm, token), release));
            JsonNode kept =
                    realm.list(realm.signIn("alice"), "?search=k3p7xq").json().path(0);
            assertEquals("kept", kept.path("name").asText());
            made = realm.newToken(realm.signIn("alice"), "made").path("token").asText();
            assertEquals("read write", scope(realm, made));
            Answer readers = realm.admin("GET", "/api-tokens?scope=read", null);
            assertEquals(3, readers.json().size(), readers.text());
            restricted = new Networks(realm).newSecret(Networks.NETWORK);
            assertThrows(
                    IllegalStateException.class,
                    () -> database.execute("update QH_API_TOKEN set SCOPES = null"),
                    "a token without scopes");
        }

        try (Keycloak keycloak = Keycloak.withoutJar("downgraded", database)) {
            assertKeycloakWorks(new Realm(keycloak, EarlierRelease.REALM), made);
        }

        try (Keycloak keycloak = Keycloak.production("upgraded", database)) {
            Realm realm = new Realm(keycloak, EarlierRelease.REALM);
            assertTrue(realm.isActive(EarlierRelease.TOKEN));
            assertTrue(realm.isActive(made));
            assertTrue(new Networks(realm).isActive(restricted, Networks.INSIDE));
            assertFalse(realm.isActive(restricted));
        }
        EarlierRelease.executeDocumented(database, "UpgradeIT");
        assertFalse(database.dump().contains("QH_API_TOK"));
    }

    private static String scope(Realm realm, String token) {
        return realm.introspect(OWN_ENDPOINT, token).json().path("scope").asText();
    }

    private static void assertKeycloakWorks(Realm realm, String token) {
        assertEquals(200, realm.grant("qa-hub-cli", "alice").status());
        assertEquals(
                404,
                realm.call("POST", OWN_ENDPOINT).form("token=" + token).send().status());
        assertFalse(
                realm.introspect(STANDARD_ENDPOINT, token).json().path("active").asBoolean());
        for (String page : new String[] {"/account/", "/protocol/openid-connect/certs"}) {
            assertEquals(200, realm.call("GET", page).send().status(), page);
        }
        Answer export = realm.admin("POST", "/partial-export?exportClients=true&exportGroupsAndRoles=true", null);
        assertEquals(200, export.status(), export.text());
        assertTrue(export.json().at("/clientScopes").findValuesAsText("name").contains("api-tokens"), export.text());
    }
}
