package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.PreviousSecret;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts replaced secrets to one column: {@code <hash> <epoch millis>}, newest first, separated by semicolons. */
final class PreviousSecrets {
    private PreviousSecrets() {}

    static @Nullable String join(List<PreviousSecret> secrets) {
        return secrets.isEmpty()
                ? null
                : secrets.stream()
                        .map(s -> s.hash() + " " + s.until().toEpochMilli())
                        .collect(Collectors.joining(";"));
    }

    static List<PreviousSecret> split(@Nullable String joined) {
        return joined == null
                ? List.of()
                : Arrays.stream(joined.split(";")).map(PreviousSecrets::parse).toList();
    }

    private static PreviousSecret parse(String text) {
        int space = text.indexOf(' ');
        return new PreviousSecret(
                text.substring(0, space), Instant.ofEpochMilli(Long.parseLong(text.substring(space + 1))));
    }
}
