package io.qahub.keycloak.apitokens.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Runs the shared server in a container; brought by the profile {@code containers}. */
public interface ServerContainer {
    /** The name by which the container reaches this machine. */
    String HOST = "host.docker.internal";

    /** What of the server's home is this machine's. */
    List<String> DIRECTORIES = List.of("providers", "themes", "data/import", "log");

    /** Returns the one of the profile; empty in a build without it. */
    static Optional<ServerContainer> found() {
        return ServiceLoader.load(ServerContainer.class).findFirst();
    }

    /** Returns the name by which the shared server reaches this machine. */
    static String thisMachine() {
        return found().isPresent() ? HOST : "localhost";
    }

    /** Returns where a server of a test listens that the shared server is to reach: beyond the loopback only for a container. */
    static InetAddress listenAddress() {
        try {
            return found().isPresent() ? InetAddress.getByName("0.0.0.0") : InetAddress.getLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is no name", e);
        }
    }

    /** Where this machine finds the server. */
    record Ports(int http, int management) {}

    /**
     * Starts the server, until the JVM ends.
     *
     * @param home holds {@link #DIRECTORIES}; the server logs to {@code log/keycloak.log}
     * @param options of {@code kc.sh start-dev}
     */
    Ports start(Path home, List<String> options);
}
