package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.FreePort;
import io.qahub.keycloak.apitokens.server.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure of qh-token is one sentence and an exit status, and says in which state the token is. */
@Tag("interop")
@Needs(
        files = {"/usr/bin/curl", "/usr/bin/jq"},
        packages = "curl jq")
class QhTokenErrorsIT {
    private static Realm realm;
    private static String url;
    private static String session;

    @BeforeAll
    static void signIn(@TempDir Path home) {
        realm = Realm.demo("terminal-errors");
        url = realm.server().url() + realm.path("");
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"oauth2DevicePollingInterval\":1}").status());
        Terminal terminal = Terminal.in(home, "dash");
        terminal.signIn(realm, "alice");
        session = Terminal.read(terminal.session());
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    /** Asserts that a command wrote this error, without its prefix, and nothing else. */
    static void assertFails(String expected, ShellRun.Result result) {
        assertEquals(1, result.status(), result.errors());
        assertTrue(result.errors().matches("qh-token: " + expected + "\n"), result.errors());
        assertEquals("", result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void aCommandWithoutASessionFails(String shell, @TempDir Path home) {
        Terminal terminal = Terminal.in(home, shell);
        assertFails("You are not signed in\\. Run .*", terminal.run("list"));
        assertFails(
                "The file .* is damaged\\. Run .*",
                terminal.withSession(url + "\n").run("list"));
        String unreachable = "http://localhost:" + FreePort.find() + "/realms/none";
        assertFails("There is no answer from " + unreachable + " \\(.*\\)\\.", terminal.run("login", unreachable));
        terminal.withSession(session.replace(url, unreachable));
        assertFails("There is no answer from " + unreachable + " \\(.*\\)\\.", terminal.run("list"));
        assertFails("There is no answer .* You are still signed in\\.", terminal.run("logout"));
        assertTrue(Files.exists(terminal.session()));
        assertFails(
                "The sign-in cannot be started\\. .*",
                terminal.run("login", realm.server().url() + "/realms/no-such-realm"));
        assertFails(
                "The sign-in cannot be started\\. Invalid client .*",
                terminal.run("login", "--client", "no-such-client", url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void nothingIsRotatedIfTheDestinationIsInvalid(String shell, @TempDir Path home) throws IOException {
        Terminal terminal = Terminal.in(home, shell).withSession(session);
        String token = newToken();
        Files.createSymbolicLink(home.resolve("link"), home.resolve("target"));
        for (String file : new String[] {"/dev/full", "link", "run"}) {
            assertFails(
                    file + " is not a regular file\\. Nothing was changed\\.",
                    terminal.run("rotate", prefix(token), "--to-file", file));
        }
        assertFails(
                "no/token cannot be written: .* Nothing was changed\\.",
                terminal.run("rotate", prefix(token), "--to-file", "no/token"));
        assertFails(
                "The program no-such-program was not found\\. Nothing was changed\\.",
                terminal.run("rotate", prefix(token), "--", "no-such-program"));
        // The limit of the file size acts like a full disk.
        assertFails(
                "token cannot be written: .* free space\\. Nothing was changed\\.",
                terminal.runAfter("ulimit -f 0", "rotate", prefix(token), "--to-file", "token"));
        assertFails("The session cannot be stored in .*: check .*", terminal.runAfter("ulimit -f 0", "list"));
        assertFails("The list cannot be written\\.", terminal.runAfter("exec >/dev/full", "list"));
        assertFails("Give the prefix only\\. .*", terminal.run("rotate", token, "--to-file", "token"));
        assertFails("You have no token with the prefix 000000\\.", terminal.run("revoke", "000000"));
        assertTrue(realm.isActive(token));
        assertFalse(Files.exists(home.resolve("token")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void aLostTokenIsReportedAndReplacedByAnotherRotation(String shell, @TempDir Path home) throws IOException {
        Terminal terminal = Terminal.in(home, shell).withSession(session);
        String token = newToken();
        Path file = Files.writeString(home.resolve("token"), token);
        assertFails(
                "There is no answer from .*\\. It is not known whether the token was rotated: rotate it again, .*",
                terminal.run(
                        Map.of("HOOK_AT", "/rotate", "HOOK", "printf '\\n000 Connection reset'; exit 56"),
                        "rotate",
                        prefix(token),
                        "--to-file",
                        "token"));
        assertEquals(token, Files.readString(file));
        assertFalse(realm.isActive(token));

        Files.createDirectory(home.resolve("removed"));
        assertFails(
                "removed/token cannot be written\\. The token was rotated, and its new string is lost: rotate it again\\.",
                terminal.run(
                        Map.of("HOOK_AT", "/rotate", "HOOK", "rm -r removed"),
                        "rotate",
                        prefix(token),
                        "--to-file",
                        "removed/token"));
        assertFails(
                "The command sh has failed\\. The token was rotated, and its new string is lost: rotate it again\\.",
                terminal.run("rotate", prefix(token), "--", "sh", "-c", "exit 3"));

        assertEquals(
                0, terminal.run("rotate", prefix(token), "--to-file", "token").status());
        assertTrue(realm.isActive(Files.readString(file).strip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void aNewTokenThatCannotBeDeliveredIsRevoked(String shell, @TempDir Path home) throws IOException {
        Terminal terminal = Terminal.in(home, shell).withSession(session);
        String command = "cat >received; exit 3";
        assertFails(
                "The command sh has failed\\. The new token qh_\\w{6} was revoked\\.",
                terminal.run("create", "lost", "--scopes", "read", "--", "sh", "-c", command));
        assertFalse(realm.isActive(Files.readString(home.resolve("received"))));
        assertFails(
                "There is no answer .* It is not known whether a token was created: .*",
                create(terminal, "printf '\\n000 Connection reset'; exit 56"));
        assertFails(
                "It is not known whether a token was created: .* The response from .* has the HTTP status 502\\.",
                create(terminal, "answer=$'<html>\\n502 '"));
        assertFails(
                "The token was not created\\. Each scope must be one of these: .*",
                terminal.run("create", "none", "--scopes", "no-such-scope", "--to-file", "token"));
        assertFalse(Files.exists(home.resolve("token")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void aSessionThatHasEndedOrIsTooOldForAChangeIsReported(String shell, @TempDir Path home) throws IOException {
        String user = "stale-" + shell;
        String id = realm.newUser(user);
        Terminal terminal =
                Terminal.in(home, shell).withSession(url + "\nqh-token\n" + withoutTimeOfSignIn(user) + "\n");
        assertFails(
                "The token was not created\\. The realm requires a more recent sign-in: .*" + url
                        + "/protocol/openid-connect/logout, then run 'qh-token login " + url + "'\\.",
                terminal.run("create", "stale", "--scopes", "read", "--to-file", "token"));
        assertEquals(0, terminal.run("list").status());
        assertEquals(204, realm.admin("POST", "/users/" + id + "/logout", "{}").status());
        assertFails("Your session has ended\\. Run 'qh-token login " + url + "'\\.", terminal.run("list"));
        assertFalse(Files.exists(home.resolve("token")));
    }

    /** Returns a refresh token of a direct grant: access tokens that are refreshed with it do not state the time of the sign-in. */
    private static String withoutTimeOfSignIn(String user) {
        JsonNode client =
                realm.admin("GET", "/clients?clientId=qh-token", null).json().path(0);
        ((ObjectNode) client).put("directAccessGrantsEnabled", true);
        realm.admin("PUT", "/clients/" + client.path("id").asText(), client.toString());
        return realm.grant("qh-token", user).json().path("refresh_token").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void nothingIsCreatedIfANetworkIsRejected(String shell, @TempDir Path home) {
        Terminal terminal = Terminal.in(home, shell).withSession(session);
        String second = "The token was not created\\. allowedNetworks: network 2 ";
        assertFails(second + "has .*; use 10\\.0\\.0\\.0/8 instead\\.", restrict(terminal, "192.0.2.1", "10.1.2.3/8"));
        assertFails(second + "must be an IP address or .*\\.", restrict(terminal, "192.0.2.1", "example.com"));
        assertFails(second + "must have a prefix length .*\\.", restrict(terminal, "192.0.2.1", "10.0.0.0/8 ::1"));
        assertFails("The token was not created\\. .* network 1 must be an IP address .*\\.", restrict(terminal, ""));

        JsonNode before = realm.admin("GET", "", null).json();
        JsonNode limited = before.deepCopy();
        ((ObjectNode) limited.path("attributes")).put("apiTokens.allowedNetworks", "203.0.113.0/24");
        assertEquals(204, realm.admin("PUT", "", limited.toString()).status());
        try {
            assertFails(
                    "The token was not created\\. This realm does not allow .* from 10\\.0\\.0\\.0/8; .* 203\\.0\\.113\\.0/24\\.",
                    restrict(terminal, "203.0.113.7", "10.0.0.0/8"));
        } finally {
            assertEquals(204, realm.admin("PUT", "", before.toString()).status());
        }
        assertFalse(terminal.run("list").output().contains("restricted"));
        assertFalse(Files.exists(home.resolve("token")));
    }

    private static ShellRun.Result restrict(Terminal terminal, String... networks) {
        Stream<String> options = Stream.of(networks).flatMap(network -> Stream.of("--network", network));
        return terminal.run(
                Stream.concat(Stream.of("create", "restricted", "--scopes", "read", "--to-file", "token"), options)
                        .toArray(String[]::new));
    }

    private static ShellRun.Result create(Terminal terminal, String hook) {
        return terminal.run(
                Map.of("HOOK_AT", "/api-tokens\"", "HOOK", hook),
                "create",
                "unknown",
                "--scopes",
                "read",
                "--to-file",
                "token");
    }

    private static String newToken() {
        return realm.newToken(realm.signIn("alice"), "rotated").path("token").asText();
    }

    private static String prefix(String token) {
        return token.substring(3, 9);
    }
}
