package io.qahub.keycloak.apitokens.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** The one server of the test run: the unpacked distribution with the packaged jar, on free ports and H2. */
final class Keycloak {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static Keycloak running;

    private final String url;
    private final Path log;

    private Keycloak(String url, Path log) {
        this.url = url;
        this.log = log;
    }

    /** Returns the server, started at the first call and stopped with the JVM. */
    static synchronized Keycloak get() {
        if (running == null) {
            running = start(Path.of(System.getProperty("keycloak.home")), Path.of(System.getProperty("apitokens.jar")));
        }
        return running;
    }

    /** The base URL without a slash at the end. */
    String url() {
        return url;
    }

    /** Everything the server has logged so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Keycloak start(Path home, Path jar) {
        try {
            Files.copy(jar, home.resolve("providers/api-tokens.jar"), StandardCopyOption.REPLACE_EXISTING);
            Files.createDirectories(home.resolve("data/import"));
            Files.copy(
                    Path.of("src/demo/qa-hub-realm.json"),
                    home.resolve("data/import/qa-hub-realm.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            Path log = home.resolve("test-server.log");
            int port = freePort();
            Process process = launch(home, log, port);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
            Keycloak keycloak = new Keycloak("http://localhost:" + port, log);
            keycloak.awaitReady(process);
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path home, Path log, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-port=" + port,
                "--http-management-port=" + freePort(),
                "--db=dev-mem",
                "--cache=local",
                "--import-realm",
                "--log-level=info,io.qahub:trace,org.hibernate.SQL:debug");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx1g");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        return builder.redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }

    private void awaitReady(Process process) {
        Instant deadline = Instant.now().plus(PATIENCE);
        HttpRequest probe =
                HttpRequest.newBuilder(URI.create(url + "/realms/qa-hub")).build();
        while (Instant.now().isBefore(deadline) && process.isAlive()) {
            try {
                Thread.sleep(500);
                int status = HttpClient.newHttpClient()
                        .send(probe, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IllegalStateException("Keycloak did not start; its log:\n" + log());
    }

    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
