package io.qahub.keycloak.apitokens.interop;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Kcadm;
import io.qahub.keycloak.apitokens.server.LoginPages;
import io.qahub.keycloak.apitokens.server.Realm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs in and manages tokens with qh-token, in a realm that is set up by the commands of {@code docs/terminal.md}. */
@Tag("interop")
@Needs(
        files = {"/usr/bin/curl", "/usr/bin/jq"},
        packages = "curl jq")
class QhTokenIT {
    private static final Pattern SECRET = Pattern.compile(
            "\"(access_token|id_token|refresh_token|device_code|token)\": ?\"([^\"]+)\"|(code_verifier)=(\\w+)");

    private static Realm realm;

    @BeforeAll
    static void setUpRealm(@TempDir Path home) {
        realm = Realm.fresh("terminal");
        String commands = Commands.run(
                Path.of("."), Map.of(), List.of(".ci/documented", "docs/terminal.md", QhTokenIT.class.getSimpleName()));
        try (Kcadm kcadm = Kcadm.inOneJvm(home)) {
            ProcessBuilder shell = new ProcessBuilder(
                    "bash", "-eu", "-c", """
                    kcadm.sh config credentials --server http://localhost:8080 --realm master --user admin --password admin
                    %s""".formatted(commands.replaceAll("(?<=realms/|-r )qa-hub\\b", realm.name()))
                            .replace("http://localhost:8080", realm.server().url()));
            kcadm.addTo(shell);
            ShellRun.Result result = ShellRun.start(shell).finish();
            assertEquals(0, result.status(), result.errors());
        }
        configure("\"oauth2DevicePollingInterval\":1");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void tokensAreManagedAndNoSecretIsVisible(String shell, @TempDir Path home) throws IOException {
        String user = "story-" + shell;
        realm.newUser(user);
        Terminal terminal = Terminal.in(home, shell);
        Path file = home.resolve("token");
        StringBuilder output = new StringBuilder();
        String signIn = terminal.signIn(realm, user);
        assertMode("rw-------", terminal.session());

        output.append(succeed(terminal.run(
                "create", "nightly \"job\" \\", "--scopes", "read, write", "--days", "90", "--to-file", "token")));
        String first = Files.readString(file).strip();
        assertEquals(first.substring(0, 9) + "\n", output.toString());
        assertMode("rw-------", file);
        assertTrue(realm.isActive(first));
        String list = succeed(terminal.run("list"));
        assertTrue(
                list.matches(first.substring(0, 9)
                        + "  active   20\\d\\d-\\d\\d-\\d\\d  read write  nightly \"job\" \\\\\n"),
                list);

        String prefix = first.substring(3, 9);
        output.append(list).append(succeed(terminal.run("rotate", prefix, "--to-file", file.toString())));
        String second = Files.readString(file).strip();
        assertTrue(realm.isActive(second));
        assertFalse(realm.isActive(first));

        output.append(succeed(terminal.run(
                "rotate", "qh_" + prefix, "--overlap", "600", "--", "sh", "-c", "cat >received; echo stored")));
        String third = Files.readString(home.resolve("received"));
        assertTrue(realm.isActive(third));
        assertTrue(realm.isActive(second));

        output.append(succeed(terminal.run("revoke", prefix)));
        assertFalse(realm.isActive(third));
        assertEquals("", succeed(terminal.run("list")));
        output.append(succeed(terminal.run("list", "--json")));
        String session = Files.readString(terminal.session());
        output.append(succeed(terminal.run("logout")));
        assertFalse(Files.exists(terminal.session()));
        Files.writeString(terminal.session(), session);
        QhTokenErrorsIT.assertFails("Your session has ended\\. .*", terminal.run("list"));

        assertNoneIsVisible(secrets(terminal), signIn + output + terminal.processes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void aTokenIsRestrictedToNetworks(String shell, @TempDir Path home) throws IOException {
        String user = "networks-" + shell;
        realm.newUser(user);
        Terminal terminal = Terminal.in(home, shell);
        terminal.signIn(realm, user);
        succeed(terminal.run("create", "everywhere", "--scopes", "read", "--to-file", "token"));
        String prefix = succeed(terminal.run(
                        "create",
                        "office",
                        "--scopes",
                        "read",
                        "--network",
                        "192.0.2.10",
                        "--to-file",
                        "token",
                        "--network",
                        "2001:db8::/32"))
                .strip();
        String token = Files.readString(home.resolve("token")).strip();
        assertFalse(isActiveFrom("192.0.2.11", token));
        assertTrue(isActiveFrom("192.0.2.10", token));
        assertTrue(isActiveFrom("2001:db8::1", token));
        String list = succeed(terminal.run("list"));
        assertTrue(list.contains("  read  office  from 192.0.2.10/32 2001:db8::/32\n"), list);
        assertTrue(list.contains("  read  everywhere\n"), list);
        assertTrue(list.contains(prefix), list);
    }

    private static boolean isActiveFrom(String address, String token) {
        return realm.call("POST", Realm.OWN_ENDPOINT)
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("token", token, "caller_address", address))
                .send()
                .json()
                .path("active")
                .asBoolean();
    }

    @Test
    void theSessionMayManageTheAccountAndNothingElse(@TempDir Path home) {
        Terminal terminal = Terminal.in(home, "dash");
        terminal.signIn(realm, "alice");
        String claims = SECRET.matcher(terminal.exchanges())
                .results()
                .filter(found -> "access_token".equals(found.group(1)))
                .map(found -> new String(
                        Base64.getUrlDecoder().decode(found.group(2).split("\\.")[1]), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
        assertTrue(claims.contains("\"aud\":\"account\""), claims);
        assertTrue(
                claims.contains(
                        "\"resource_access\":{\"account\":{\"roles\":[\"manage-account\",\"manage-account-links\"]}}"),
                claims);
        assertFalse(claims.contains("realm_access"), claims);
    }

    @Test
    void aServerThatIsPolledTooOftenIsPolledLessOften(@TempDir Path home) {
        configure("\"oauth2DevicePollingInterval\":2");
        try {
            Terminal terminal = Terminal.in(home, "dash");
            ShellRun login = terminal.startLogin(
                    Map.of("HOOK_AT", "/auth/device", "HOOK", "answer=${answer/'\"interval\":2'/'\"interval\":1'}"),
                    realm);
            String url = login.awaitText(Terminal.SIGN_IN_URL);
            await("the third request").until(() -> terminal.processes().contains("sleep 6\n"));
            LoginPages.at(realm, url).signIn("alice").approve();
            succeed(login.finish());
            assertTrue(terminal.exchanges().contains("\"slow_down\""));
        } finally {
            configure("\"oauth2DevicePollingInterval\":1");
        }
    }

    @Test
    void aSignInThatIsDeniedOrNotCompletedFails(@TempDir Path home) {
        Terminal terminal = Terminal.in(home, "bash");
        ShellRun denied = terminal.startLogin(Map.of(), realm);
        LoginPages.at(realm, denied.awaitText(Terminal.SIGN_IN_URL))
                .signIn("alice")
                .deny();
        assertEnds("The sign-in was denied in the browser\\.", denied.finish());

        configure("\"oauth2DeviceCodeLifespan\":2");
        ShellRun late = terminal.startLogin(Map.of(), realm);
        assertEnds("The sign-in was not completed in time\\. .*", late.finish());
        configure("\"oauth2DeviceCodeLifespan\":600");
        assertFalse(Files.exists(terminal.session()));
    }

    /** The error follows the lines that ask the user to sign in. */
    private static void assertEnds(String expected, ShellRun.Result result) {
        assertEquals(1, result.status());
        assertTrue(result.errors().matches("(?s)To sign in.*\nqh-token: " + expected + "\n"), result.errors());
    }

    private static String succeed(ShellRun.Result result) {
        assertEquals(0, result.status(), result.errors());
        return result.output() + result.errors();
    }

    private static void assertMode(String mode, Path file) throws IOException {
        assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    /** Returns the secrets by kind. */
    private static Map<String, Set<String>> secrets(Terminal terminal) {
        Map<String, Set<String>> secrets = SECRET.matcher(terminal.exchanges())
                .results()
                .collect(Collectors.groupingBy(
                        found -> either(found, 1, 3),
                        Collectors.mapping(found -> either(found, 2, 4), Collectors.toSet())));
        assertEquals(
                Set.of("access_token", "code_verifier", "device_code", "id_token", "refresh_token", "token"),
                new TreeSet<>(secrets.keySet()));
        assertEquals(3, secrets.get("token").size());
        return secrets;
    }

    private static String either(MatchResult found, int group, int other) {
        return found.group(group) == null ? found.group(other) : found.group(group);
    }

    private static void assertNoneIsVisible(Map<String, Set<String>> secrets, String visible) {
        assertTrue(visible.contains("curl -q --silent"), "the arguments of curl are recorded");
        secrets.forEach((kind, values) -> values.forEach(value -> {
            assertFalse(visible.contains(value), kind + " is visible");
            assertFalse(visible.contains(value.substring(value.length() / 2)), "a part of " + kind + " is visible");
        }));
    }

    private static void configure(String setting) {
        assertEquals(204, realm.admin("PUT", "", "{" + setting + "}").status());
    }
}
