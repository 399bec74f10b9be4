package io.qahub.keycloak.apitokens.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Kcadm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of the pages against the test server, with one shell per page. */
class DocumentedCommandsIT {
    private Kcadm kcadm;

    @BeforeEach
    void startKcadm(@TempDir Path home) {
        kcadm = Kcadm.inOneJvm(home);
    }

    @AfterEach
    void stopKcadm() {
        kcadm.close();
    }

    @TestFactory
    Stream<DynamicTest> theCommandsOfEachPageWork() {
        Map<Path, List<Block>> pages = Block.all().stream()
                .filter(block -> getClass().getSimpleName().equals(block.runner()))
                .collect(Collectors.groupingBy(Block::page, TreeMap::new, Collectors.toList()));
        assertTrue(pages.size() > 3, "pages found: " + pages.keySet());
        return pages.entrySet().stream()
                .map(page ->
                        DynamicTest.dynamicTest(page.getKey().toString(), () -> run(page.getKey(), page.getValue())));
    }

    private void run(Path page, List<Block> blocks) {
        try (Shell shell = Shell.of(page, kcadm)) {
            for (Block block : blocks) {
                Shell.Result result = shell.run(block.commands());
                assertEquals(0, result.status(), page + ":" + block.line() + "\n" + result.output());
                assertTrue(
                        block.prints() == null || result.output().contains(block.prints()),
                        page + ":" + block.line() + " prints " + block.prints() + ", but printed\n" + result.output());
            }
        }
    }
}
