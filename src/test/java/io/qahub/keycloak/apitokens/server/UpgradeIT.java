package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Upgrades the schema and data of each release, removes the jar, and installs it again. The scripts
 * {@code src/test/resources/schema/<version>.sql} are the output of H2's {@code SCRIPT} for our tables after that release.
 * The database is of the kind that the shared server uses.
 */
@Tag("lifecycle")
@Tag("database")
class UpgradeIT {
    private static final String NAME = "upgraded";
    private static final String REALM_ID = "0d6c2f7e-4f1b-4c55-9a64-5a4e2b3c1d00";
    private static final String ALICE_ID = "7b9e1c52-93d4-4a0f-8f57-2c6d1e0f9a11";

    private static final Pattern REMOVAL = Pattern.compile("<!-- run: UpgradeIT -->\n```sql\n(.*?)```", Pattern.DOTALL);

    /** A token of Alice that each script contains. */
    private static final String KEPT = "qh_k3p7xq_gqC0N3NmzuXEF01Ka3S8fDxaeRh8uR3BixyZ";

    /** Tokens of Alice that each script contains, one for each combination of scopes. */
    private static final Map<String, String> SCOPE_BY_TOKEN = Map.of(
            KEPT,
            "read write",
            "qh_k3read_Snu06k2dE8HNhpgy3OgjoTmm44zYr14DP1Bd",
            "read",
            "qh_k3writ_6yfGAEV7h63IqopbYfaEX9ZnU8k8R64PoWjY",
            "write");

    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void tokensAreKeptDuringAnUpgradeAndWhileTheJarIsRemoved(String release) throws IOException {
        Database database = Database.empty("upgrade-from-" + release);
        statements(Files.readString(Path.of("src/test/resources/schema/" + release + ".sql")))
                .forEach(database::execute);
        Path imported = Files.createDirectories(Build.distribution().resolveSibling("keycloak-upgraded/data/import"));
        Files.writeString(imported.resolve("upgraded-realm.json"), realm());
        String made;
        try (Keycloak keycloak = Keycloak.production("upgraded", database)) {
            Realm realm = new Realm(keycloak, NAME);
            SCOPE_BY_TOKEN.forEach((token, scope) -> assertEquals(scope, scope(realm, token), release));
            JsonNode kept =
                    realm.list(realm.signIn("alice"), "?search=k3p7xq").json().path(0);
            assertEquals("kept", kept.path("name").asText());
            made = realm.newToken(realm.signIn("alice"), "made").path("token").asText();
            assertEquals("read write", scope(realm, made));
            Answer readers = realm.admin("GET", "/api-tokens?scope=read", null);
            assertEquals(3, readers.json().size(), readers.text());
            assertThrows(
                    IllegalStateException.class,
                    () -> database.execute("update QH_API_TOKEN set SCOPES = null"),
                    "a token without scopes");
        }

        try (Keycloak keycloak = Keycloak.withoutJar("downgraded", database)) {
            assertKeycloakWorks(new Realm(keycloak, NAME), made);
        }

        try (Keycloak keycloak = Keycloak.production("upgraded", database)) {
            Realm realm = new Realm(keycloak, NAME);
            assertTrue(realm.isActive(KEPT));
            assertTrue(realm.isActive(made));
        }
        statements(documentedRemoval()).forEach(database::execute);
        assertFalse(database.dump().contains("QH_API_TOK"));
    }

    private static String scope(Realm realm, String token) {
        return realm.introspect(OWN_ENDPOINT, token).json().path("scope").asText();
    }

    /** Returns the statements of a script, without what only H2 understands. */
    private static Stream<String> statements(String script) {
        String text = script.replaceAll("(?m)^--.*$", "").replace("\"", "").replaceAll(" NULLS (FIRST|DISTINCT)", "");
        return Stream.of(text.split(";\n")).filter(statement -> !statement.isBlank());
    }

    private static String documentedRemoval() throws IOException {
        Matcher found = REMOVAL.matcher(Files.readString(Path.of("docs/install.md")));
        assertTrue(found.find());
        return found.group(1);
    }

    /** A realm with the ids that the scripts contain. Its user is older than the tokens. */
    private static String realm() {
        return DemoRealm.json(NAME)
                .replaceFirst("\\{", "{\"id\": \"" + REALM_ID + "\",")
                .replace(
                        "\"username\":\"alice\"",
                        "\"id\": \"" + ALICE_ID + "\", \"createdTimestamp\": 0, \"username\": \"alice\"");
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
