package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C before or after each program that qh-token runs leaves the old file or the complete new one. */
@Tag("interop")
@Needs(
        files = {"/usr/bin/curl", "/usr/bin/jq"},
        packages = "curl jq")
class QhTokenInterruptIT {
    private static final int INTERRUPTED = 130;

    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.demo("terminal-interrupts");
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"oauth2DevicePollingInterval\":1}").status());
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @CsvSource({"dash,before", "bash,after"})
    void anInterruptedRotationHasEitherHappenedOrNot(String shell, String when, @TempDir Path home) throws IOException {
        Terminal terminal = Terminal.in(home, shell);
        terminal.signIn(realm, "alice");
        Path file = Files.createDirectory(home.resolve("out")).resolve("token");
        assertEquals(
                0,
                terminal.run("create", "interrupted", "--scopes", "read", "--to-file", "out/token")
                        .status());
        String prefix = Files.readString(file).substring(3, 9);
        terminal.takeCalls();
        assertEquals(0, terminal.run("rotate", prefix, "--to-file", "out/token").status());
        int calls = terminal.takeCalls();
        assertTrue(calls > 10, "programs: " + calls);

        Set<Integer> statuses = new TreeSet<>();
        for (int call = 1; call <= calls; call++) {
            String point = when + " " + call;
            String before = Files.readString(file);
            ShellRun.Result result =
                    terminal.run(Map.of("INTERRUPT", point), "rotate", prefix, "--to-file", "out/token");
            terminal.takeCalls();
            statuses.add(result.status());
            String after = Files.readString(file);
            assertEquals(result.status() == INTERRUPTED, before.equals(after), point);
            assertTrue(realm.isActive(after.strip()), point);
            assertEquals("", result.errors() + result.output(), point);
            assertEquals(List.of("token"), names(file.getParent()), point);
            assertEquals(List.of("session"), names(terminal.session().getParent()), point);
        }
        assertEquals(Set.of(0, INTERRUPTED), statuses);
        assertNotEquals("", Files.readString(terminal.session()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void anInterruptedSignInStoresNothing(String shell, @TempDir Path home) throws IOException {
        Terminal terminal = Terminal.in(home, shell);
        ShellRun.Result result =
                terminal.startLogin(Map.of("INTERRUPT", "after sleep"), realm).finish();
        assertEquals(INTERRUPTED, result.status(), result.errors());
        assertTrue(result.errors().matches("(?s)To sign in.*Ctrl-C ends this\\.\n"), result.errors());
        assertEquals(List.of(), names(terminal.session().getParent()));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
