package io.qahub.keycloak.apitokens.server;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Checks every call of the tests to our paths against {@code docs/openapi.yaml}: the response must be documented, and so must
 * the call, unless it was rejected.
 */
final class Contract {
    private static final String TEXT = read(Path.of("docs/openapi.yaml"));
    private static final OpenAPI API = new OpenAPIV3Parser().readContents(TEXT).getOpenAPI();
    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(TEXT)
                    .withStrictOperationPathMatching()
                    .build();
    /** The file documents only the packaged jar. */
    private static final boolean IS_CHECKED = System.getProperty("cluster.previous") == null;

    /** The statuses that an undocumented path or method may return. */
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404, 405);

    private static final Set<String> SEEN = new ConcurrentSkipListSet<>();

    private Contract() {}

    /** Fails unless the file documents this response to this call. */
    static void check(Interaction interaction) {
        if (IS_CHECKED && interaction.isOurs()) {
            List<String> violations = violations(interaction);
            if (!violations.isEmpty()) {
                throw new AssertionError(
                        "Does not match docs/openapi.yaml: " + interaction + String.join("\n", violations));
            }
        }
    }

    /** Returns every documented operation with each of its statuses, as {@code listTokens 200}. */
    static Set<String> documented() {
        Set<String> all = new TreeSet<>();
        API.getPaths().values().forEach(path -> path.readOperations().forEach(operation -> operation
                .getResponses()
                .keySet()
                .forEach(status -> all.add(operation.getOperationId() + " " + status))));
        return all;
    }

    /** Clears the recorded responses. */
    static void forget() {
        SEEN.clear();
    }

    /** Returns the responses that have been recorded since. */
    static Set<String> seen() {
        return new TreeSet<>(SEEN);
    }

    private static List<String> violations(Interaction interaction) {
        Optional<Operation> operation = operation(interaction);
        String status = String.valueOf(interaction.status());
        if (operation.isEmpty()) {
            return REFUSALS.contains(interaction.status()) ? List.of() : List.of("an undocumented call was accepted");
        }
        if (!operation.get().getResponses().containsKey(status)) {
            return List.of("an undocumented status");
        }
        if (interaction.isHead()) {
            return List.of();
        }
        SEEN.add(operation.get().getOperationId() + " " + status);
        return interaction.validate(VALIDATOR);
    }

    private static Optional<Operation> operation(Interaction interaction) {
        return Arrays.stream(PathItem.HttpMethod.values())
                .filter(method -> method.name().equals(interaction.isHead() ? "GET" : interaction.method()))
                .findFirst()
                .flatMap(method -> pathItem(interaction.path())
                        .map(path -> path.readOperationsMap().get(method)));
    }

    /** A path without parameters comes before one with them. */
    private static Optional<PathItem> pathItem(String path) {
        return API.getPaths().entrySet().stream()
                .filter(template -> path.matches(template.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                .min(Comparator.comparing(template ->
                        template.getKey().chars().filter(c -> c == '{').count()))
                .map(Map.Entry::getValue);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
