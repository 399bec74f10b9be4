package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds a port for a server that is started later. */
public final class FreePort {
    /** Below the ports that Linux assigns to outgoing connections, which could take the port before the server does. */
    private static final int MIN = 10_000;

    private static final int MAX = 32_768;

    private FreePort() {}

    public static int find() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(MIN, MAX);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // in use
            }
        }
    }
}
