package io.qahub.keycloak.apitokens.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs {@code bin/kc.sh} of a home with the JVM of the tests, a small heap and the admin account admin/admin. */
final class KcProcess {
    private static final List<String> JVM_OPTIONS = List.of(
            // C1 only: a server that runs for minutes starts in half the time.
            "-XX:TieredStopAtLevel=1",
            // Takes less of two processors than G1.
            "-XX:-UseG1GC",
            "-XX:+UseSerialGC",
            "-Djgroups.bind.address=127.0.0.1",
            // A killed server deletes no temporary files; this directory is relative to that of the tests.
            "-Djava.io.tmpdir=target",
            "-XX:-UsePerfData");

    private KcProcess() {}

    /** Starts a command; its output goes to a file. Options {@code KC_…=…} are set as environment variables. */
    static Process start(Home home, Path log, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(home.path().resolve("bin/kc.sh").toString());
        for (String option : command) {
            if (option.startsWith("KC_")) {
                int end = option.indexOf('=');
                builder.environment().put(option.substring(0, end), option.substring(end + 1));
            } else {
                builder.command().add(option);
            }
        }
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx1g");
        builder.environment().put("JAVA_OPTS_APPEND", String.join(" ", JVM_OPTIONS));
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        try {
            return builder.redirectErrorStream(true)
                    .redirectOutput(new File(log.toString()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command and waits until it ends. */
    static void run(Home home, List<String> command) {
        Path log = home.path().resolve("test-command.log");
        try {
            if (start(home, log, command).waitFor() != 0) {
                throw new IllegalStateException("kc.sh " + command + " failed:\n" + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
