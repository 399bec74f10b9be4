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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A running server: the unpacked distribution, with or without the packaged jar, on free ports and H2. */
public final class Keycloak implements AutoCloseable {
    static final Path DEMO_REALM = Path.of("src/demo/qa-hub-realm.json");
    /** Not the TRACE of org.keycloak.events: there Keycloak itself prints each request's URL with its query. */
    private static final String LOG_LEVEL = "info,io.qahub:trace,org.keycloak.events:debug,org.keycloak.services:trace,"
            + "org.keycloak.protocol:trace,org.hibernate.SQL:debug";

    private static final Pattern STACK_TRACE = Pattern.compile(" (INFO|WARN|ERROR|FATAL) +\\[.*\n\tat .*");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path DISTRIBUTION = Path.of(System.getProperty("keycloak.home"));
    private static final List<String> DEVELOPMENT = List.of("start-dev", "--metrics-enabled=true");
    private static final List<String> PRODUCTION = List.of("start", "--http-enabled=true", "--hostname-strict=false");
    private static final List<String> OPTIONS = List.of(
            "--spi-api-token-verifier--default--concurrent-bcrypt=1",
            // So that a test can come from more than one address.
            "--proxy-headers=xforwarded",
            "--features=docker",
            "--spi-api-token-lifecycle--default--last-used-flush=1",
            "--spi-api-token-lifecycle--default--clean-up-interval=2",
            "--import-realm",
            "--log-level=" + LOG_LEVEL);
    private static Keycloak running;

    private final String url;
    private final String managementUrl;
    private final Path home;
    private final Path log;
    private final Process process;

    private Keycloak(int port, int managementPort, Path home, Path log, Process process) {
        this.home = home;
        this.url = "http://localhost:" + port;
        this.managementUrl = "http://localhost:" + managementPort;
        this.log = log;
        this.process = process;
    }

    /**
     * Returns the server that most tests share; started at the first call and stopped with the JVM. It runs in a container
     * where the profile {@code containers} brings one.
     */
    public static synchronized Keycloak get() {
        if (running == null) {
            running = ServerContainer.found()
                    .map(Keycloak::contained)
                    .orElseGet(() -> start(
                            install(DISTRIBUTION),
                            DEVELOPMENT,
                            List.of("--cache=local"),
                            Database.get().serverOptions("localhost")));
        }
        return running;
    }

    private static Keycloak contained(ServerContainer container) {
        try {
            Path home = DISTRIBUTION.resolveSibling("keycloak-container");
            for (String directory : ServerContainer.DIRECTORIES) {
                Files.createDirectories(home.resolve(directory)).toFile().setWritable(true, false);
            }
            install(home);
            importDemoRealm(home);
            Path log = home.resolve("log/keycloak.log");
            Files.deleteIfExists(log);
            List<String> options = new ArrayList<>(OPTIONS);
            options.addAll(Database.get().serverOptions(ServerContainer.HOST));
            options.add("--cache=local");
            ServerContainer.Ports ports = container.start(home, options);
            return new Keycloak(ports.http(), ports.management(), home, log, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns one that somebody else has started on this machine, and will stop. */
    public static Keycloak at(int port) {
        return new Keycloak(port, 0, null, null, null);
    }

    /** Starts a server of the same distribution without the jar; whoever asked closes it. */
    static Keycloak withoutJar() {
        return start(copy("keycloak-stock"), DEVELOPMENT, List.of("--cache=local", "--db=dev-mem"), List.of());
    }

    /** Starts a server in production mode; whoever asked closes it. */
    public static Keycloak production() {
        return start(
                install(copy("keycloak-production")), PRODUCTION, List.of("--cache=local", "--db=dev-mem"), List.of());
    }

    /** Starts a node that forms a cluster with the others on the same database; whoever asked closes it. */
    public static Keycloak node(String name, List<String> options) {
        return start(install(copy("keycloak-" + name)), PRODUCTION, List.of(), options);
    }

    /** Starts another node like this one, from its installation: what was built is not built again. */
    public Keycloak twin(String name, List<String> options) {
        Path twin = home.resolveSibling("keycloak-" + name);
        DistributionCopy.of(home, twin);
        return start(install(twin), PRODUCTION, List.of(), options);
    }

    /** Starts a server in production mode from this home and on this database, as they are; whoever asked closes it. */
    static Keycloak production(Path home, Database database) {
        return start(home, PRODUCTION, List.of("--cache=local"), database.serverOptions("localhost"));
    }

    /** Returns a home of the distribution without the jar. */
    static Path copy(String name) {
        Path home = DISTRIBUTION.resolveSibling(name);
        DistributionCopy.of(DISTRIBUTION, home);
        return home;
    }

    /** Puts the jar into a home. */
    static Path install(Path home) {
        try {
            Path jar = Path.of(System.getProperty("apitokens.jar"));
            Files.copy(
                    jar,
                    home.resolve("providers/api-tokens.jar"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The base URL without a slash at the end. */
    public String url() {
        return url;
    }

    /** Where metrics are, where they are on; without a slash at the end. */
    public String managementUrl() {
        return managementUrl;
    }

    /** Where the server is installed. */
    public Path home() {
        return home;
    }

    /** Everything the server has logged so far. */
    public String log() {
        return logSince(0);
    }

    /** The place in the log that has been reached. */
    public long logMark() {
        try {
            return Files.size(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String logSince(long mark) {
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

    /** The server's process; null where somebody else started it. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Keycloak start(Path home, List<String> mode, List<String> cache, List<String> database) {
        try {
            importDemoRealm(home);
            Path log = home.resolve("test-server.log");
            int port = freePort();
            int managementPort = freePort();
            Process process = launch(
                    home,
                    log,
                    port,
                    managementPort,
                    Stream.of(mode, cache, database).flatMap(List::stream).toList());
            Keycloak keycloak = new Keycloak(port, managementPort, home, log, process);
            Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close));
            keycloak.awaitReady();
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void importDemoRealm(Path home) throws IOException {
        Files.createDirectories(home.resolve("data/import"));
        Files.copy(DEMO_REALM, home.resolve("data/import/qa-hub-realm.json"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Process launch(Path home, Path log, int port, int managementPort, List<String> options)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/kc.sh").toString());
        builder.command().addAll(options);
        builder.command().addAll(List.of("--http-port=" + port, "--http-management-port=" + managementPort));
        builder.command().addAll(without(options));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx1g");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1 -Djgroups.bind.address=127.0.0.1");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        return builder.redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }

    /** The usual options, except those that are given otherwise. */
    private static List<String> without(List<String> given) {
        List<String> names =
                given.stream().map(option -> option.split("=", 2)[0]).toList();
        return OPTIONS.stream()
                .filter(option -> !names.contains(option.split("=", 2)[0]))
                .toList();
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
