package io.qahub.keycloak.apitokens.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every block of commands in README and docs has a comment on the line before it that states what runs it, or why not:
 * {@code <!-- run: DocumentedCommandsIT -->}, {@code <!-- run: DocumentedCommandsIT, prints … -->},
 * {@code <!-- run: .ci/<script> -->} for a script that reads the commands from the page with {@code .ci/documented}, {@code <!--
 * run: SomeIT -->} for a test of its own that reads the page, or {@code <!-- not run: why -->}.
 */
class DocumentedCommandsTest {
    @TestFactory
    List<DynamicTest> everyBlockStatesWhatRunsItOrWhyItIsNotRun() {
        List<DynamicTest> tests = Block.all().stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.page() + ":" + block.line(),
                        () -> assertTrue(
                                isRun(block) || block.excuse() != null,
                                "state what runs it, as described in the Javadoc of this test")))
                .toList();
        assertTrue(tests.size() > 15, "blocks found: " + tests.size());
        return tests;
    }

    private static boolean isRun(Block block) throws IOException {
        if (block.runner() == null || block.runner().equals(DocumentedCommandsIT.class.getSimpleName())) {
            return block.runner() != null;
        }
        Path script = Path.of(block.runner());
        return Files.exists(script)
                ? Block.read(script).contains(".ci/documented %s %s".formatted(block.page(), block.runner()))
                : isRunByTest(block);
    }

    /** Returns whether a test with this name reads the page. */
    private static boolean isRunByTest(Block block) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.endsWith(block.runner() + ".java")).anyMatch(file -> Block.read(file)
                    .contains('"' + block.page().toString() + '"'));
        }
    }
}
