package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A running server: the unpacked distribution, with or without the packaged jar, on free ports. */
public final class Keycloak implements AutoCloseable {
    /** Excludes TRACE of org.keycloak.events, at which Keycloak itself logs the URL of each request with its query. */
    private static final String LOG_LEVEL = "info,io.qahub:trace,org.keycloak.events:debug,org.keycloak.services:trace,"
            + "org.keycloak.protocol:trace,org.hibernate.SQL:debug";

    private static final Pattern STACK_TRACE = Pattern.compile(" (INFO|WARN|ERROR|FATAL) +\\[.*\n\tat .*");
    private static final Pattern BUILD_OPTION =
            Pattern.compile("--(db|features|http-relative-path|metrics-enabled|vault|spi-.*--enabled)=.*");
    private static final String RELATIVE_PATH = "--http-relative-path=";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> OPTIONS = List.of(
            "--features=docker",
            "--import-realm",
            "--log-level=" + LOG_LEVEL,
            // So that tests can send requests from more than one address.
            "--proxy-headers=xforwarded",
            // Test users need no secure password hashes: a sign-in takes 20 ms instead of 200.
            "--spi-password-hashing--argon2--iterations=1",
            "--spi-password-hashing--argon2--memory=64",
            "--spi-api-tokens--default--bcrypt-concurrency=1",
            "--spi-api-tokens--default--last-used-flush-interval=1",
            "--spi-api-tokens--default--clean-up-interval=1");
    static final List<String> DEVELOPMENT =
            List.of("start-dev", "--metrics-enabled=true", "--cache=local", GithubMessages.option());
    private static final List<String> PRODUCTION = List.of("--http-enabled=true", "--hostname-strict=false");
    /** For all servers in production mode, so that they share a build; the vault needs a directory to be in use. */
    private static final List<String> BUILD = List.of("--vault=file");

    private static final List<String> IN_MEMORY = List.of("--db=dev-mem", "--cache=local");
    private static Keycloak shared;

    private final String url;
    private final String managementUrl;
    private final Home home;
    private final Path log;
    private final Process process;

    /** Refers to a running server. */
    Keycloak(String url, String managementUrl, Home home, Path log, Process process) {
        this.url = url;
        this.managementUrl = managementUrl;
        this.home = home;
        this.log = log;
        this.process = process;
    }

    /**
     * Returns the server that most tests share. It is started by the first call and stopped with the JVM, unless the property
     * {@code keycloak.reuse} is set. The profile {@code containers} runs it in a container.
     */
    public static synchronized Keycloak get() {
        if (shared == null) {
            shared = ServerContainer.found()
                    .map(Keycloak::contained)
                    .orElseGet(() -> ReusableServer.isWanted() ? ReusableServer.get() : startShared());
        }
        return shared;
    }

    private static Keycloak startShared() {
        return start(
                Home.distribution().withJar(),
                command(DEVELOPMENT, Database.get().serverOptions("localhost")));
    }

    private static Keycloak contained(ServerContainer container) {
        try {
            Home home = new Home(Build.distribution().resolveSibling("keycloak-container"));
            for (String directory : ServerContainer.DIRECTORIES) {
                Files.createDirectories(home.path().resolve(directory)).toFile().setWritable(true, false);
            }
            home.withJar().withDemoRealm();
            Path log = home.path().resolve("log/keycloak.log");
            Files.deleteIfExists(log);
            List<String> options =
                    command(List.of("--cache=local"), Database.get().serverOptions(ServerContainer.HOST));
            ServerContainer.Ports ports = container.start(home.path(), options);
            return new Keycloak(local(ports.http()), local(ports.management()), home, log, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a server that was started, and will be stopped, outside these tests. */
    public static Keycloak at(int port) {
        return new Keycloak(local(port), local(0), null, null, null);
    }

    /** Starts a server in production mode without the jar; the caller must close it. */
    static Keycloak withoutJar() {
        return withoutJar("stock", IN_MEMORY);
    }

    /** Starts a server in production mode without the jar on this database; the caller must close it. */
    static Keycloak withoutJar(String name, Database database) {
        return withoutJar(name, locally(database));
    }

    private static Keycloak withoutJar(String name, List<String> options) {
        return startBuilt(options, buildOptions -> Home.builtWithoutJar("keycloak-" + name, buildOptions));
    }

    /**
     * Starts a server in production mode with more options, in which <code>{port}</code> is the server's port; the caller must
     * close it.
     */
    public static Keycloak production(String... more) {
        return production(
                "production", Stream.concat(IN_MEMORY.stream(), Stream.of(more)).toList());
    }

    /** Starts a server in production mode on this database; the caller must close it. */
    static Keycloak production(String name, Database database) {
        return production(name, locally(database));
    }

    /** Starts a server in production mode on this database with more options, which a start takes; the caller must close it. */
    static Keycloak production(String name, Database database, List<String> more) {
        return production(
                name, Stream.concat(locally(database).stream(), more.stream()).toList());
    }

    private static List<String> locally(Database database) {
        List<String> options = new ArrayList<>(database.serverOptions("localhost"));
        options.add("--cache=local");
        return options;
    }

    /** Starts a node that forms a cluster with the others on the same database; the caller must close it. */
    public static Keycloak node(String name, List<String> options) {
        return production(name, options);
    }

    /** Starts such a node with another jar than the packaged one. */
    public static Keycloak node(String name, Path jar, List<String> options) {
        return production(name, jar, options);
    }

    private static Keycloak production(String name, List<String> options) {
        return production(name, Build.jar(), options);
    }

    private static Keycloak production(String name, Path jar, List<String> options) {
        return startBuilt(options, buildOptions -> Home.built("keycloak-" + name, jar, buildOptions));
    }

    /** Starts a server in production mode from a home that was built with the build options among {@code options}. */
    private static Keycloak startBuilt(List<String> options, Function<List<String>, Home> built) {
        List<String> all = command(BUILD, options);
        Home home = built.apply(all.stream().filter(Keycloak::isForBuild).toList());
        Stream<String> mode = Stream.concat(Stream.of("start", "--optimized"), PRODUCTION.stream());
        return start(
                home,
                Stream.concat(
                                mode,
                                all.stream().filter(option -> !isForBuild(option) || option.startsWith(RELATIVE_PATH)))
                        .toList());
    }

    private static boolean isForBuild(String option) {
        return BUILD_OPTION.matcher(option).matches();
    }

    /** Returns a command with these options, and the defaults of test servers for all others. */
    static List<String> command(List<String> mode, List<String> options) {
        List<String> command = new ArrayList<>(mode);
        command.addAll(options);
        List<String> given = command.stream().map(Keycloak::name).toList();
        OPTIONS.stream().filter(option -> !given.contains(name(option))).forEach(command::add);
        return command;
    }

    private static String name(String option) {
        return option.split("=", 2)[0];
    }

    static Keycloak start(Home home, List<String> command) {
        Keycloak keycloak = launch(home, command);
        Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close));
        keycloak.awaitReady();
        return keycloak;
    }

    /** Starts a server that keeps running after this JVM ends. Does not wait until it is ready. */
    static Keycloak launch(Home home, List<String> command) {
        int port = FreePort.find();
        int managementPort = FreePort.find();
        String path = relativePath(command);
        Path log = log(home);
        Process process = KcProcess.start(
                home.withDemoRealm(),
                log,
                Stream.concat(
                                command.stream().map(option -> option.replace("{port}", Integer.toString(port))),
                                Stream.of("--http-port=" + port, "--http-management-port=" + managementPort))
                        .toList());
        return new Keycloak(local(port) + path, local(managementPort) + path, home, log, process);
    }

    private static String local(int port) {
        return "http://localhost:" + port;
    }

    private static String relativePath(List<String> command) {
        return command.stream()
                .filter(option -> option.startsWith(RELATIVE_PATH))
                .map(option -> option.substring(RELATIVE_PATH.length()))
                .findAny()
                .orElse("");
    }

    /** Returns the base URL without a trailing slash. */
    public String url() {
        return url;
    }

    /** Returns the URL of the management port, without a trailing slash. */
    public String managementUrl() {
        return managementUrl;
    }

    /** Returns the directory of the server. */
    public Path home() {
        return home.path();
    }

    /** Returns the log of the server. */
    public String log() {
        return logSince(0);
    }

    /** Returns the current end of the log, for {@link #logSince}. */
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

    /** Returns the stack traces logged since then, except those at debug level. */
    List<String> stackTracesSince(long mark) {
        return STACK_TRACE
                .matcher(logSince(mark))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** The server's process; null if another process started it. */
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

    /** Waits until the server responds. */
    void awaitReady() {
        Instant deadline = Instant.now().plus(PATIENCE);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest probe =
                HttpRequest.newBuilder(URI.create(url + "/realms/qa-hub")).build();
        while (Instant.now().isBefore(deadline) && process.isAlive()) {
            try {
                Thread.sleep(100);
                int status = client.send(probe, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status == 200) {
                    BuiltInScopes.assign(this, "qa-hub");
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

    /** Returns the log file of a server in this home. */
    static Path log(Home home) {
        return home.path().resolve("test-server.log");
    }
}
