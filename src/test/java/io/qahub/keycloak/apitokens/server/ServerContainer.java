package io.qahub.keycloak.apitokens.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Runs the shared server in a container; provided by the profile {@code containers}. */
public interface ServerContainer {
    /** The name by which the container reaches this machine. */
    String HOST = "host.docker.internal";

    /** The directories of the server's home that are mounted from this machine. */
    List<String> DIRECTORIES = List.of("providers", "themes", "data/import", "log");

    /** Returns the implementation of the profile; empty in a build without the profile. */
    static Optional<ServerContainer> found() {
        return ServiceLoader.load(ServerContainer.class).findFirst();
    }

    /** Returns the name by which the shared server reaches this machine. */
    static String thisMachine() {
        return found().isPresent() ? HOST : "localhost";
    }

    /** Returns the address on which a test listens for the shared server: not only loopback if that is a container. */
    static InetAddress listenAddress() {
        try {
            return found().isPresent() ? InetAddress.getByName("0.0.0.0") : InetAddress.getLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IP address requires no lookup", e);
        }
    }

    /** Returns the host of the server as seen from this machine. */
    record Ports(int http, int management) {}

    /**
     * Starts the server. It runs until the JVM ends.
     *
     * @param home contains {@link #DIRECTORIES}; the server logs to {@code log/keycloak.log}
     * @param options the options of {@code kc.sh start-dev}
     */
    Ports start(Path home, List<String> options);
}
