package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Home;
import io.qahub.keycloak.apitokens.server.Keycloak;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keycloak in production mode as an admin would run it: optimized, with default settings and the packaged JAR. */
final class Server implements AutoCloseable {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("keycloak.home"));

    /** The option for a key; production would use a file. */
    static final String DIGEST_KEYS = "--spi-api-tokens--default--digest-keys=";

    private final Path home;
    private final List<String> options;
    private final int port = freePort();
    private final int managementPort = freePort();
    private Process process;

    private Server(Path home, List<String> options) {
        this.home = home;
        this.options = options;
    }

    /** Installs and starts a node; {@code more} are additional options. */
    static Server start(String name, Postgres database, String... more) {
        return start(Path.of(System.getProperty("apitokens.jar")), name, database, more);
    }

    /** The same with another build of the provider. */
    static Server start(Path jar, String name, Postgres database, String... more) {
        Path home = Path.of("target/bench", name).toAbsolutePath();
        new Home(DISTRIBUTION).copyTo(home);
        try {
            copy(jar, home.resolve("providers/api-tokens.jar"));
            packProviders(home.resolve("providers/bench.jar"));
            new Home(home).withDemoRealm();
            List<String> options = new ArrayList<>(database.serverOptions());
            options.addAll(List.of(more));
            Server server = new Server(home, options);
            List<String> build = new ArrayList<>(List.of("build", "--db=postgres"));
            Stream.of(more).filter(Server::isForBuild).forEach(build::add);
            server.run(build).waitFor();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.resume();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds an option for the next start. */
    void use(String option) {
        options.add(option);
    }

    /** Removes the options that start with this text, for the next start. */
    void discard(String begin) {
        options.removeIf(option -> option.startsWith(begin));
    }

    /** Kills the server and starts it again. */
    void restart() {
        close();
        resume();
    }

    private void resume() {
        List<String> command = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--import-realm",
                "--http-port=" + port,
                "--http-management-port=" + managementPort));
        options.stream().filter(option -> !isForBuild(option)).forEach(command::add);
        try {
            process = run(command);
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isForBuild(String option) {
        return option.startsWith("--db=")
                || option.startsWith("--metrics-enabled=")
                || option.startsWith("--cache=")
                || option.contains("--enabled=");
    }

    private Process run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/kc.sh").toString());
        builder.command().addAll(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms1g -Xmx2g");
        builder.environment()
                .put(
                        "JAVA_OPTS_APPEND",
                        "-Djgroups.bind.address=127.0.0.1 " + System.getProperty("bench.java-options", ""));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(home + ".log")))
                .start();
    }

    private void awaitReady() {
        HttpRequest probe = HttpRequest.newBuilder(URI.create(realm(""))).build();
        for (int second = 0; second < 300 && process.isAlive(); second++) {
            try {
                TimeUnit.SECONDS.sleep(1);
                if (HttpClient.newHttpClient()
                                .send(probe, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("Keycloak did not start, see " + home + ".log");
    }

    /** Returns this server as the class that the tests use. */
    Keycloak keycloak() {
        return Keycloak.at(port);
    }

    /** Returns the URL of {@code rest} in the demo realm. */
    String realm(String rest) {
        return "http://localhost:" + port + "/realms/qa-hub" + rest;
    }

    /** Returns the URL of the metrics, if they are enabled. */
    String metrics() {
        return "http://localhost:" + managementPort + "/metrics";
    }

    /** Returns the process ID of the JVM, which replaces the script's process. */
    long pid() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .filter(p -> p.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** Returns the CPU time that the JVM has used. It is affected less than throughput by other load on the machine. */
    Duration cpuTime() {
        return ProcessHandle.of(pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        try {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void packProviders(Path jar) throws IOException {
        List<Class<?>> factories =
                List.of(ConstantIntrospectionFactory.class, ConstantWithEventIntrospectionFactory.class);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Class<?> factory : factories) {
                String name = factory.getName().replace('.', '/') + ".class";
                entries.putNextEntry(new JarEntry(name));
                try (var code = Server.class.getClassLoader().getResourceAsStream(name)) {
                    code.transferTo(entries);
                }
            }
            entries.putNextEntry(
                    new JarEntry("META-INF/services/org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory"));
            entries.write(factories.stream()
                    .map(Class::getName)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
