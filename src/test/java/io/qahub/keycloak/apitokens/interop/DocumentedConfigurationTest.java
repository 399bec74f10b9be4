package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The excerpts from examples in {@code docs} match the examples. */
class DocumentedConfigurationTest {
    private static final Pattern EXCERPT = Pattern.compile("<!-- from (\\S+) -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL);

    /** A block that does not contain commands. */
    private static final Pattern CONFIGURATION = Pattern.compile("^```(?!sh\\b)\\w+$", Pattern.MULTILINE);

    @TestFactory
    List<DynamicTest> everyExcerptMatchesItsFile() throws IOException {
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            List<DynamicTest> tests = pages.filter(page -> page.toString().endsWith(".md"))
                    .flatMap(DocumentedConfigurationTest::excerpts)
                    .map(excerpt -> DynamicTest.dynamicTest(
                            excerpt.group(1),
                            () -> assertTrue(
                                    Files.readString(Path.of(excerpt.group(1))).contains(excerpt.group(2)),
                                    excerpt.group(2))))
                    .toList();
            assertTrue(tests.size() > 5, "no excerpts found");
            return tests;
        }
    }

    /** Concerns the pages about integrations, except those that state that they are not tested. */
    @Test
    void everyConfigurationOnAPageIsTested() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("docs/integrations"))) {
            pages.filter(page -> !read(page).contains("**Not run by our tests**"))
                    .forEach(page -> assertEquals(
                            CONFIGURATION.matcher(read(page)).results().count(),
                            excerpts(page).count(),
                            page + " contains configuration that is not from a tested file"));
        }
    }

    private static Stream<MatchResult> excerpts(Path page) {
        return EXCERPT.matcher(read(page)).results();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
