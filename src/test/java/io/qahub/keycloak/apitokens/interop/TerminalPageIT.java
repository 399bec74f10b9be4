package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.qahub.keycloak.apitokens.server.LoginPages;
import io.qahub.keycloak.apitokens.server.Realm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/terminal.md} in the demo realm, and signs in as the page describes. */
@Tag("interop")
@Needs(
        files = {"/usr/bin/curl", "/usr/bin/jq", "/usr/bin/openssl"},
        packages = "curl jq openssl")
class TerminalPageIT {
    private static final Pattern AUTHORIZATION_URL = Pattern.compile("http://\\S+response_type=code\\S+");
    private static final Pattern CODE = Pattern.compile("code=([^&]+)$");

    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.demo("terminal-page");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void theCommandsOfThePageWork(@TempDir Path home) throws IOException {
        HttpServer program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
        program.start();
        try {
            ShellRun page = start(home, String.valueOf(program.getAddress().getPort()));
            LoginPages.at(realm, page.awaitText(Terminal.SIGN_IN_URL))
                    .signIn("alice")
                    .approve();
            LoginPages redirected =
                    LoginPages.at(realm, page.awaitText(AUTHORIZATION_URL)).signIn("alice");
            var code = CODE.matcher(redirected.address().getQuery());
            assertTrue(code.find(), redirected.text());
            page.type(code.group(1));
            ShellRun.Result result = page.finish();
            assertEquals(0, result.status(), result.errors());
            assertTrue(result.output().matches("(?s)qh_\\w{6}\nqh_\\w{6}  active .* nightly\n.*"), result.output());
            assertTrue(result.output().contains("  deploy  from 192.0.2.10/32 2001:db8::/32\n"), result.output());
            String token =
                    Files.readString(home.resolve(".config/qa-hub/token")).strip();
            assertTrue(realm.isActive(token));
        } finally {
            program.stop(0);
        }
    }

    private static ShellRun start(Path home, String port) {
        String commands = Commands.run(
                        Path.of("."),
                        Map.of(),
                        List.of(".ci/documented", "docs/terminal.md", TerminalPageIT.class.getSimpleName()))
                .replace("http://localhost:8080/realms/qa-hub", realm.server().url() + realm.path(""))
                .replace("8765", port);
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", commands);
        shell.environment().put("HOME", home.toString());
        shell.environment().put("XDG_RUNTIME_DIR", home.toString());
        shell.environment().put("PATH", Terminal.SCRIPT.getParent() + ":" + System.getenv("PATH"));
        return ShellRun.start(shell);
    }
}
