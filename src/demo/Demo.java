import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs Keycloak in the foreground with the jar and the demo realm, and prints how to try it. */
public final class Demo {
    private static final String GUIDE = """

            ────────────────────────────────────────────────────────────────────────────
            API tokens for Keycloak: the demo is ready. Ctrl-C stops it.

              Account console   %1$s/realms/qa-hub/account     alice / alice, bob / bob
              Admin console     %1$s/admin                     admin / admin

            Sign in, create a token, verify it as the resource server qa-hub-api:

            BEARER=$(curl -s %1$s/realms/qa-hub/protocol/openid-connect/token -d grant_type=password -d client_id=qa-hub-cli -d username=alice -d password=alice | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

            TOKEN=$(curl -s %1$s/realms/qa-hub/api-tokens -H "Authorization: Bearer $BEARER" -H 'Content-Type: application/json' -d '{"name":"ci","scopes":["read"]}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/'); echo "$TOKEN"

            curl -s -u qa-hub-api:qa-hub-api-secret %1$s/realms/qa-hub/api-tokens/introspect -d token=$TOKEN

            A second resource server, reports-api, has the scopes reports:read and reports:publish, and alice is a member
            of the organization acme. docs/quick-start.md says what to try.
            ────────────────────────────────────────────────────────────────────────────
            """;

    private Demo() {}

    /** Takes Keycloak's home, the jar, the realm file and the port. The property {@code debug} is the port for a debugger. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Path.of(args[0]);
        install(Path.of(args[1]), home.resolve("providers/api-tokens.jar"));
        install(Path.of(args[2]), home.resolve("data/import/qa-hub-realm.json"));
        Process keycloak = start(home, args[3]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(keycloak)));
        String url = "http://localhost:" + args[3];
        while (keycloak.isAlive() && !isReady(url)) {
            TimeUnit.SECONDS.sleep(1);
        }
        if (keycloak.isAlive()) {
            System.out.printf(GUIDE, url);
        }
        System.exit(keycloak.waitFor());
    }

    private static void install(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Process start(Path home, String port) throws IOException {
        String script = System.getProperty("os.name").startsWith("Windows") ? "bin/kc.bat" : "bin/kc.sh";
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve(script).toString(), "start-dev", "--http-port=" + port, "--import-realm");
        String debugPort = System.getProperty("debug", "");
        if (!debugPort.isEmpty()) {
            builder.command().addAll(1, List.of("--debug", debugPort));
        }
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        return builder.inheritIO().start();
    }

    /** A server that is still starting ends only after its start, which may take long. */
    private static void stop(Process keycloak) {
        List<ProcessHandle> processes = Stream.concat(keycloak.descendants(), Stream.of(keycloak.toHandle()))
                .toList();
        processes.forEach(ProcessHandle::destroy);
        try {
            if (!keycloak.waitFor(20, TimeUnit.SECONDS)) {
                processes.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isReady(String url) throws InterruptedException {
        try {
            HttpRequest realm =
                    HttpRequest.newBuilder(URI.create(url + "/realms/qa-hub")).build();
            return HttpClient.newHttpClient()
                            .send(realm, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }
}
