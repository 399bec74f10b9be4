package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keycloak writes the SQL for the database to a file, and a client of the database executes it, as docs/install.md says. */
@Tag("lifecycle")
@Tag("database")
class ManualMigrationIT {
    private static final String SERVER = "manual";
    private static final String FILE = "keycloak-database-update.sql";
    private static final Pattern COMMAND =
            Pattern.compile("<!-- run: ManualMigrationIT -->\n```sh\n(psql|mariadb) (.*)\n```");

    /** Keycloak 26.7.4 writes this statement for an empty MariaDB, although it has created the table with its key. */
    private static final Pattern KEYCLOAKS_MISTAKE =
            Pattern.compile("(?m)^ALTER TABLE \\S*DATABASECHANGELOG ADD PRIMARY KEY .*;$");

    private final Database database = Database.emptyForProduction();

    @TempDir
    Path directory;

    @Test
    void theExportedSqlIsCompleteAndIsExecutedOnce() throws Exception {
        EarlierRelease.createTables(database, "0.1.0");
        EarlierRelease.importRealm(SERVER);
        String all = export(database);
        assertTrue(all.contains("KEYCLOAK_ROLE"));
        Files.writeString(
                directory.resolve(FILE), KEYCLOAKS_MISTAKE.matcher(all).replaceFirst(""));
        execute();
        try (Keycloak keycloak = start(database, "none.sql")) {
            Realm realm = new Realm(keycloak, EarlierRelease.REALM);
            assertTrue(realm.isActive(EarlierRelease.TOKEN));
            assertTokensWork(realm);
        }

        EarlierRelease.executeDocumented(database, "UpgradeIT"); // as before the installation
        Database restricted = database.forRestrictedUser();
        EarlierRelease.executeDocumented(database, "ManualMigrationIT");
        String sql = export(restricted);
        assertFalse(sql.contains("KEYCLOAK_ROLE"), sql);
        execute();
        String before = database.dump();
        assertNotEquals(0, runClient());
        assertEquals(before, database.dump());
        try (Keycloak keycloak = start(restricted, "none.sql")) {
            Realm realm = new Realm(keycloak, EarlierRelease.REALM);
            assertFalse(realm.isActive(EarlierRelease.TOKEN));
            assertTokensWork(realm);
        }
    }

    /** Returns the SQL that Keycloak writes instead of executing it. */
    private String export(Database user) throws IOException {
        Path file = directory.resolve(FILE);
        Files.deleteIfExists(file);
        IllegalStateException stopped = assertThrows(IllegalStateException.class, () -> start(user, FILE));
        assertTrue(stopped.getMessage().contains(" database with " + file), stopped.getMessage());
        assertFalse(database.dump().contains("0.1.0-secret-digest"), "executed by Keycloak");
        return Files.readString(file);
    }

    private Keycloak start(Database user, String file) {
        return Keycloak.production(
                SERVER,
                user,
                List.of(
                        "--spi-connections-jpa--quarkus--initialize-empty=false",
                        "--spi-connections-jpa--quarkus--migration-strategy=manual",
                        "--spi-connections-jpa--quarkus--migration-export=" + directory.resolve(file)));
    }

    private void execute() throws Exception {
        assertEquals(0, runClient(), Files.readString(directory.resolve("log")));
    }

    /** Executes the file with the documented command; returns the status with which it ends. */
    private int runClient() throws Exception {
        String client = database.kind().equals("mariadb") ? "mariadb" : "psql";
        String command = COMMAND.matcher(Files.readString(Path.of("docs/install.md")))
                .results()
                .filter(found -> found.group(1).equals(client))
                .findFirst()
                .orElseThrow()
                .group(2);
        File log = directory.resolve("log").toFile();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", client + " " + command).directory(directory.toFile());
        shell.environment().putAll(database.clientEnvironment());
        return shell.redirectErrorStream(true).redirectOutput(log).start().waitFor();
    }

    private static void assertTokensWork(Realm realm) {
        String alice = realm.signIn("alice");
        String made = realm.newToken(alice, "made").path("token").asText();
        assertTrue(realm.isActive(made));
        assertEquals(1, realm.list(alice, "?search=made").json().size());
        Answer restricted = realm.create(
                alice, "{\"name\":\"restricted\",\"scopes\":[\"read\"],\"allowedNetworks\":[\"10.0.0.0/8\"]}");
        assertEquals(201, restricted.status(), restricted.text());
        assertFalse(realm.isActive(restricted.json().path("token").asText()));
        JsonNode revoked = realm.newToken(alice, "revoked");
        realm.revoke(alice, revoked.path("id").asText());
        assertFalse(realm.isActive(revoked.path("token").asText()));
    }
}
