package io.qahub.keycloak.apitokens.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directories under {@code examples/}, built as their READMEs say. */
final class Examples {
    private Examples() {}

    static Path directory(String example) {
        return Path.of("examples", example).toAbsolutePath();
    }

    /** A directory for the logs and generated files of a test. */
    static Path workDirectory(String name) {
        try {
            return Files.createDirectories(Path.of("target/interop", name).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds an example by the Maven of this build. */
    static void mvnPackage(String example) {
        run(
                example,
                List.of(
                        Path.of(System.getProperty("maven.home"), "bin/mvn").toString(),
                        "-q",
                        "-B",
                        "-ntp",
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        "package"));
    }

    /** Installs the packages of an example's lock file. */
    static void npmCi(String example) {
        run(example, List.of("npm", "ci"));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin/java").toString();
    }

    private static void run(String example, List<String> command) {
        Commands.run(directory(example), command);
    }
}
