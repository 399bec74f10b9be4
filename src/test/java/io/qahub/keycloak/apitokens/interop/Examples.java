package io.qahub.keycloak.apitokens.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The directories under {@code examples/}, built as described in their READMEs. */
public final class Examples {
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

    /**
     * Builds an example with the Maven of this build, unless it is up to date.
     *
     * @return the jar that the build creates
     */
    static Path mvnPackage(String example, String jar) {
        Path built = directory(example).resolve("target").resolve(jar);
        Path success = workDirectory(example).resolve("built");
        try {
            if (Files.notExists(built) || Files.notExists(success) || isOlder(success, directory(example))) {
                Files.deleteIfExists(success);
                Commands.mvn(directory(example), "package");
                Files.createFile(success);
            }
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOlder(Path file, Path example) throws IOException {
        try (Stream<Path> sources = Files.walk(example)) {
            FileTime lastChange = sources.filter(
                            source -> !source.startsWith(example.resolve("target")) && !source.equals(example))
                    .map(Examples::time)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return time(file).compareTo(lastChange) < 0;
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Installs the packages of an example, and copies it with them to its work directory, so that a test can change files. */
    public static Path npmCopy(String example) {
        npmCi(example);
        Path copy = workDirectory(example);
        Commands.run(directory(example), Map.of(), List.of("cp", "-r", ".", copy.toString()));
        return copy;
    }

    /** Installs the packages of an example's lock file. */
    static void npmCi(String example) {
        Commands.run(directory(example), Map.of(), List.of("npm", "ci"));
    }
}
