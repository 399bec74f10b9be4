package io.qahub.keycloak.apitokens.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A running server: the unpacked distribution, with or without the packaged jar, on free ports and H2. */
final class Keycloak {
    static final Path DEMO_REALM = Path.of("src/demo/qa-hub-realm.json");
    /** Not the TRACE of org.keycloak.events: there Keycloak itself prints each request's URL with its query. */
    private static final String LOG_LEVEL = "info,io.qahub:trace,org.keycloak.events:debug,org.keycloak.services:trace,"
            + "org.keycloak.protocol:trace,org.hibernate.SQL:debug";

    private static final Pattern STACK_TRACE = Pattern.compile(" (INFO|WARN|ERROR|FATAL) +\\[.*\n\tat .*");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path DISTRIBUTION = Path.of(System.getProperty("keycloak.home"));
    private static Keycloak running;

    private final String url;
    private final Path log;
    private final Process process;

    private Keycloak(int port, Path log, Process process) {
        this.url = "http://localhost:" + port;
        this.log = log;
        this.process = process;
    }

    /** Returns the one server of the test run, with the jar; started at the first call and stopped with the JVM. */
    static synchronized Keycloak get() {
        if (running == null) {
            running = withJar(DISTRIBUTION, Path.of(System.getProperty("apitokens.jar")));
        }
        return running;
    }

    /** Starts a second server, of the same distribution without the jar; whoever asked stops it. */
    static Keycloak withoutJar() {
        try {
            Path home = DISTRIBUTION.resolveSibling("keycloak-stock");
            DistributionCopy.of(DISTRIBUTION, home);
            return start(home, List.of("--db=dev-mem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Keycloak withJar(Path home, Path jar) {
        try {
            Files.copy(jar, home.resolve("providers/api-tokens.jar"), StandardCopyOption.REPLACE_EXISTING);
            return start(home, Database.get().serverOptions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The base URL without a slash at the end. */
    String url() {
        return url;
    }

    /** Everything the server has logged so far. */
    String log() {
        return logSince(0);
    }

    /** The place in the log that has been reached. */
    long logMark() {
        try {
            return Files.size(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String logSince(long mark) {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(mark);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stack traces logged since then that are more than a debugging aid. */
    List<String> stackTracesSince(long mark) {
        return STACK_TRACE
                .matcher(logSince(mark))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Keycloak start(Path home, List<String> databaseOptions) throws IOException {
        Files.createDirectories(home.resolve("data/import"));
        Files.copy(DEMO_REALM, home.resolve("data/import/qa-hub-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        Path log = home.resolve("test-server.log");
        int port = freePort();
        Keycloak keycloak = new Keycloak(port, log, launch(home, log, port, databaseOptions));
        Runtime.getRuntime().addShutdownHook(new Thread(keycloak::stop));
        keycloak.awaitReady();
        return keycloak;
    }

    private static Process launch(Path home, Path log, int port, List<String> databaseOptions) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-port=" + port,
                "--http-management-port=" + freePort(),
                "--cache=local",
                "--spi-api-token-lifecycle--default--last-used-flush=1",
                "--spi-api-token-lifecycle--default--clean-up-interval=2",
                "--import-realm",
                "--log-level=" + LOG_LEVEL);
        builder.command().addAll(databaseOptions);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx1g");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        return builder.redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }

    private void awaitReady() {
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
