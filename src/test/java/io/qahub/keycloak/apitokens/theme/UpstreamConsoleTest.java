package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Detects changes in Keycloak that our account page depends on. */
class UpstreamConsoleTest {
    private static final Path THEME = Path.of(System.getProperty("account-ui.directory"), "theme/keycloak.v3/account");
    private static final Path KNOWN = Path.of("src/test/resources/upstream");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void theConsolesMenuIsUnchanged() throws IOException {
        JsonNode menu = json(Files.readString(THEME.resolve("resources/content.json")));
        assertEquals(json(Files.readString(KNOWN.resolve("content.json"))), menu, """
            Keycloak's account menu has changed. Ours is built from it and already contains new entries. Check that
            1. themes/build/content.mjs still works: the fields of each item, the entries of earlier versions, and whether the two hidden items are still needed
               (not as of 26.8, in which keycloak issue 41433 is fixed),
            2. ConsoleNavigationIT passes.
            Then copy the new file to src/test/resources/upstream/content.json.""");
    }

    @Test
    void theConsoleProvidesTheModulesThatWeDoNotBundle() throws IOException {
        Matcher map = IMPORT_MAP.matcher(Files.readString(THEME.resolve("index.ftl")));
        String offered = map.find() ? map.group(1) : "{}";
        assertEquals(json(Files.readString(KNOWN.resolve("importmap.json"))), json(offered), """
            The account console's import map has changed. Our page takes React from it. Check that
            1. "external" in themes/build/bundle.mjs lists exactly the modules of the map,
            2. the React version in themes/package.json is the console's,
            3. the browser tests pass.
            Then copy the new map to src/test/resources/upstream/importmap.json.""");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
