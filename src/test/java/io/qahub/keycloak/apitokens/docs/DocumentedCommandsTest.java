package io.qahub.keycloak.apitokens.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every block of commands in README and docs is run, or says why not, by a comment on the line before it:
 * {@code <!-- run: DocumentedCommandsIT -->}, {@code <!-- run: DocumentedCommandsIT, prints … -->},
 * {@code <!-- run: .ci/<script> -->} for a script that takes the commands from the page by {@code .ci/documented}, or
 * {@code <!-- not run: why -->}.
 */
class DocumentedCommandsTest {
    @TestFactory
    List<DynamicTest> aBlockIsRunOrSaysWhyNot() {
        List<DynamicTest> tests = Block.all().stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.page() + ":" + block.line(),
                        () -> assertTrue(
                                isRun(block) || block.excuse() != null,
                                "say who runs it, as the Javadoc of this test has it")))
                .toList();
        assertTrue(tests.size() > 15, "blocks found: " + tests.size());
        return tests;
    }

    private static boolean isRun(Block block) {
        if (block.runner() == null) {
            return false;
        }
        Path script = Path.of(block.runner());
        return block.runner().equals(DocumentedCommandsIT.class.getSimpleName())
                || (Files.exists(script)
                        && Block.read(script).contains(".ci/documented %s %s".formatted(block.page(), block.runner())));
    }
}
