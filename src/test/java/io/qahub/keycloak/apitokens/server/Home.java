package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The directory of a server. Copies are fast: libraries are hard links; only files that a start rewrites are copied. */
public record Home(Path path) {

    private static final List<String> NOT_COPIED = List.of("providers", "data", "test-server.log");
    private static final Map<Setup, Home> BUILT = new HashMap<>();
    private static final Map<List<String>, Home> BUILT_WITHOUT_JAR = new HashMap<>();

    /** Returns the unpacked distribution itself. */
    static Home distribution() {
        return new Home(Build.distribution());
    }

    /** Returns a copy of the distribution without the jar. */
    public static Home copy(String name) {
        return distribution().copyTo(name);
    }

    /**
     * Returns a home with this jar that {@code kc.sh build} has prepared for these options. The build runs once per test run,
     * jar and set of options.
     */
    static synchronized Home built(String name, Path jar, List<String> buildOptions) {
        return BUILT.computeIfAbsent(new Setup(jar, buildOptions), setup -> copy("keycloak-built-" + BUILT.size())
                        .withJar(jar)
                        .build(buildOptions))
                .copyTo(name)
                .withJar(jar);
    }

    /** Returns a home without the jar, prepared in the same way. */
    static synchronized Home builtWithoutJar(String name, List<String> buildOptions) {
        return BUILT_WITHOUT_JAR
                .computeIfAbsent(buildOptions, options -> copy("keycloak-built-without-jar-" + BUILT_WITHOUT_JAR.size())
                        .build(options))
                .copyTo(name);
    }

    private Home build(List<String> options) {
        KcProcess.run(this, Stream.concat(Stream.of("build"), options.stream()).toList());
        return this;
    }

    /** Returns a copy of this home, without its providers and data. */
    Home copyTo(String name) {
        Home copy = new Home(Build.distribution().resolveSibling(name));
        copyTo(copy.path);
        return copy;
    }

    /** Copies this home to a directory, without its providers and data. */
    public void copyTo(Path target) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = path.relativize(file);
                if (!NOT_COPIED.contains(relative.getName(0).toString())) {
                    place(file, target.resolve(relative), relative.startsWith("lib/lib"));
                }
            }
            Files.createDirectories(target.resolve("providers"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void place(Path file, Path target, boolean asLink) throws IOException {
        Files.createDirectories(target.getParent());
        if (!asLink) {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } else if (Files.notExists(target)) {
            Files.createLink(target, file);
        }
    }

    /** Installs the packaged jar. */
    public Home withJar() {
        return withJar(Build.jar());
    }

    /** Installs a jar and keeps its timestamp, because Keycloak compares it with that of its build. */
    private Home withJar(Path jar) {
        place(jar, "providers/api-tokens.jar");
        return this;
    }

    /** Makes the server import {@link Realm#QA_HUB} at the start. */
    public Home withDemoRealm() {
        try {
            Path directory = Files.createDirectories(path.resolve("data/import"));
            Files.writeString(directory.resolve("qa-hub-realm.json"), DemoRealm.json("qa-hub"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void place(Path file, String target) {
        try {
            place(file, path.resolve(target), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Setup(Path jar, List<String> buildOptions) {}
}
