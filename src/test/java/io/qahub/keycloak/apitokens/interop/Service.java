package io.qahub.keycloak.apitokens.interop;

import static org.awaitility.Awaitility.await;

import io.qahub.keycloak.apitokens.server.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** A server that a test starts: a child process on a free local port. */
public final class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int port;
    private final Path log;
    private final Process process;

    private Service(int port, Path log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Starts a command in a directory, which gets its output as {@code service.log}; returns when it listens. */
    public static Service start(int port, Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path log = directory.resolve("service.log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Service service = new Service(port, log, builder.start());
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            service.awaitPort();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Http call(String method, String path) {
        return Http.at(method, "http://localhost:" + port + path);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process, and waits until it has ended. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort() {
        try {
            await("the service to listen on port " + port)
                    .atMost(PATIENCE)
                    .failFast("its process has ended", () -> !process.isAlive())
                    .until(this::isListening);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            close();
            throw new IllegalStateException("The service does not listen on port " + port + "; its log:\n" + log(), e);
        }
    }

    private boolean isListening() {
        try {
            new Socket("localhost", port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
