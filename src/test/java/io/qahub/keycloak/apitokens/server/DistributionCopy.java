package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A second home of the unpacked distribution, cheap: libraries are hard links, what a start rewrites is copied. */
public final class DistributionCopy {
    private static final List<String> NOT_COPIED = List.of("providers", "data", "test-server.log");

    private DistributionCopy() {}

    public static void of(Path distribution, Path home) {
        try (Stream<Path> files = Files.walk(distribution)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = distribution.relativize(file);
                if (!NOT_COPIED.contains(relative.getName(0).toString())) {
                    place(file, home.resolve(relative), relative.startsWith("lib/lib"));
                }
            }
            Files.createDirectories(home.resolve("providers"));
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
}
