package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables and data of earlier releases. The scripts {@code src/test/resources/schema/<version>.sql} are the output of H2's
 * {@code SCRIPT} for our tables after that release.
 */
final class EarlierRelease {
    /** The realm of the tokens in the scripts. */
    static final String REALM = "upgraded";

    /** A token of Alice that each script contains. */
    static final String TOKEN = "qh_k3p7xq_gqC0N3NmzuXEF01Ka3S8fDxaeRh8uR3BixyZ";

    private static final String REALM_ID = "0d6c2f7e-4f1b-4c55-9a64-5a4e2b3c1d00";
    private static final String ALICE_ID = "7b9e1c52-93d4-4a0f-8f57-2c6d1e0f9a11";

    private EarlierRelease() {}

    /** Creates the tables of a release. */
    static void createTables(Database database, String release) {
        statements(read("src/test/resources/schema/" + release + ".sql")).forEach(database::execute);
    }

    /** Executes the statements of {@code docs/install.md} that a test runs. */
    static void executeDocumented(Database database, String test) {
        Matcher found = Pattern.compile("<!-- run: " + test + " -->\n```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(read("docs/install.md"));
        assertTrue(found.find());
        statements(found.group(1)).forEach(database::execute);
    }

    /** Makes the server with this name import a realm with the ids that the scripts contain. Its user is older than the tokens. */
    static void importRealm(String server) {
        String realm = DemoRealm.json(REALM)
                .replaceFirst("\\{", "{\"id\": \"" + REALM_ID + "\",")
                .replace(
                        "\"username\":\"alice\"",
                        "\"id\": \"" + ALICE_ID + "\", \"createdTimestamp\": 0, \"username\": \"alice\"");
        try {
            Path directory = Files.createDirectories(
                    Build.distribution().resolveSibling("keycloak-" + server).resolve("data/import"));
            Files.writeString(directory.resolve(REALM + "-realm.json"), realm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the statements of a script, without what only H2 understands. */
    private static Stream<String> statements(String script) {
        String text = script.replaceAll("(?m)^--.*$", "").replace("\"", "").replaceAll(" NULLS (FIRST|DISTINCT)", "");
        return Stream.of(text.split(";\n")).filter(statement -> !statement.isBlank());
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
