package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.interop.Commands;
import io.qahub.keycloak.apitokens.interop.Service;
import io.qahub.keycloak.apitokens.server.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An Infinispan server for the external caches of Keycloak: {@code src/infinispan}. */
final class Infinispan implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/infinispan").toAbsolutePath();

    private final int port;
    private final Service server;

    private Infinispan(int port, Service server) {
        this.port = port;
        this.server = server;
    }

    /** Starts an empty server on a free port; the caller must close it. */
    static Infinispan start() {
        Commands.mvn(SOURCES, "clean", "package");
        int port = FreePort.find();
        try {
            Path directory =
                    Files.createTempDirectory(Path.of("target"), "infinispan").toAbsolutePath();
            List<String> command = Commands.java(
                    "-Djgroups.bind_addr=127.0.0.1",
                    "-cp",
                    SOURCES.resolve("target/lib") + "/*",
                    SOURCES.resolve("InfinispanServer.java").toString(),
                    Integer.toString(port),
                    directory.resolve("state").toString());
            return new Infinispan(port, Service.start(port, directory, Map.of(), command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the options that make Keycloak use this server. */
    Stream<String> keycloakOptions() {
        return Stream.of(
                "--features=docker,multi-site",
                "--cache-remote-host=localhost",
                "--cache-remote-port=" + port,
                "--cache-remote-tls-enabled=false");
    }

    @Override
    public void close() {
        server.close();
    }
}
