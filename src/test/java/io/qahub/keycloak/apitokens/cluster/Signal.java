package io.qahub.keycloak.apitokens.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** Signals that can be sent to a server's process. */
enum Signal {
    STOP,
    TERM,
    CONT,
    KILL;

    void send(Node node) {
        Process process = node.server().process();
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(this::send);
    }

    private void send(ProcessHandle handle) {
        try {
            new ProcessBuilder("kill", "-" + name(), Long.toString(handle.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
