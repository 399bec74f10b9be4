package io.qahub.keycloak.apitokens.interop;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running shell whose output is read while it runs. */
final class ShellRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final StringBuffer errors = new StringBuffer();
    private final List<Thread> readers;

    private ShellRun(Process process) {
        this.process = process;
        this.readers = List.of(
                new Thread(() -> copy(process.inputReader(), output)),
                new Thread(() -> copy(process.errorReader(), errors)));
    }

    /** The result of a process. */
    record Result(int status, String output, String errors) {}

    static ShellRun start(ProcessBuilder builder) {
        try {
            ShellRun run = new ShellRun(builder.start());
            run.readers.forEach(Thread::start);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until either output contains text, and returns it. */
    String awaitText(Pattern text) {
        await(text.pattern())
                .atMost(PATIENCE)
                .failFast("the process has ended", () -> !process.isAlive())
                .until(() -> find(text).find());
        Matcher found = find(text);
        found.find();
        return found.group();
    }

    private Matcher find(Pattern text) {
        return text.matcher(errors + "\n" + output);
    }

    void type(String line) {
        try {
            BufferedWriter in = process.outputWriter();
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result finish() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("The process does not end:\n" + output + errors);
            }
            for (Thread reader : readers) {
                reader.join();
            }
            return new Result(process.exitValue(), output.toString(), errors.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void copy(BufferedReader from, StringBuffer to) {
        try (from) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                to.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
