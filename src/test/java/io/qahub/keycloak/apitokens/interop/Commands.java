package io.qahub.keycloak.apitokens.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds commands for tests, and runs those that terminate by themselves. */
public final class Commands {
    /** JVM options for a fast start. */
    private static final List<String> FAST_START_JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private Commands() {}

    /** Returns the command that runs Java with these arguments. */
    public static List<String> java(String... arguments) {
        String program = Path.of(System.getProperty("java.home"), "bin/java").toString();
        return Stream.of(Stream.of(program), FAST_START_JVM.stream(), Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
    }

    /** Runs the Maven of this build in a directory. */
    public static void mvn(Path directory, String... phases) {
        String options =
                String.join(" ", FAST_START_JVM) + " " + System.getenv().getOrDefault("MAVEN_OPTS", "");
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("maven.home"), "bin/mvn").toString(),
                "-q",
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
        run(
                directory,
                Map.of("MAVEN_OPTS", options),
                Stream.concat(command, Stream.of(phases)).toList());
    }

    /** Runs a command, waits for it and returns its output; throws an exception with the output if it fails. */
    static String run(Path directory, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
