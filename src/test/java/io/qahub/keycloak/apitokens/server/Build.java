package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The output of the Maven build: given by system properties, or found in {@code target} when an IDE runs a test. */
public final class Build {
    private static final Path TARGET = Path.of("target");

    private Build() {}

    /** Returns the unpacked distribution of Keycloak. */
    public static Path distribution() {
        return made("keycloak.home", "keycloak-\\d+\\.\\d+\\.\\d+");
    }

    /** Returns the version of the distribution. */
    public static String keycloakVersion() {
        String prefix = "org.keycloak.keycloak-core-";
        try (Stream<Path> files = Files.list(distribution().resolve("lib/lib/main"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length(), name.length() - ".jar".length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the packaged jar. */
    public static Path jar() {
        return made("apitokens.jar", "keycloak-api-tokens-(?!.*-sources).*\\.jar");
    }

    private static Path made(String property, String name) {
        String named = System.getProperty(property);
        return (named == null ? find(name) : Path.of(named)).toAbsolutePath();
    }

    private static Path find(String name) {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .max(Comparator.comparing(Path::toFile))
                    .orElseThrow(() -> new IllegalStateException(
                            "Nothing in target is named " + name + ". Build it first: ./mvnw -DskipTests package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
