package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What qh-token accepts as arguments; without a server. */
@Tag("interop")
@Needs(
        files = {"/usr/bin/curl", "/usr/bin/jq"},
        packages = "curl jq")
class QhTokenArgumentsIT {
    @Test
    void helpDescribesEveryCommand(@TempDir Path home) {
        ShellRun.Result result = Terminal.in(home, "dash").run("--help");
        assertEquals(0, result.status(), result.errors());
        for (String command : new String[] {"login", "create", "list", "rotate", "revoke", "logout"}) {
            assertTrue(result.output().contains("  qh-token " + command), command);
            assertTrue(result.output().contains("\n  " + command + " "), command);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no-such-command",
                "login",
                "login https://localhost",
                "login https://localhost/realms/a\"b",
                "login --client a\"b https://localhost/realms/a",
                "create",
                "create --scopes read",
                "create ci --scopes",
                "create ci --scopes read",
                "create ci --to-file token",
                "create ci --scopes read --overlap 1 --to-file token",
                "create ci --scopes read --to-file token --network",
                "create ci --scopes read --days 1.5 --to-file token",
                "create ci --scopes read --to-file token --",
                "create ci --scopes read --to-file token -- cat",
                "rotate x3k9q --to-file token",
                "rotate x3k9qa --scopes read --to-file token",
                "rotate x3k9qa --network 10.0.0.0/8 --to-file token",
                "rotate x3k9qa --overlap none --to-file token",
                "list x3k9qa",
                "revoke",
                "revoke x3k9qa x3k9qb",
                "logout now"
            })
    void wrongArgumentsAreRejected(String arguments, @TempDir Path home) throws IOException {
        Terminal terminal = Terminal.in(home, "dash");
        ShellRun.Result result = terminal.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertEquals(2, result.status(), result.errors());
        assertTrue(result.errors().matches("qh-token: .*\\. See qh-token --help\\.\n"), result.errors());
        assertFalse(Files.exists(home.resolve("token")));
        assertEquals("", terminal.exchanges());
    }
}
