package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detects changes in Keycloak that our admin page depends on, from the sources in Keycloak's source maps. */
class UpstreamAdminConsoleTest {
    private static final Path THEME = Path.of(System.getProperty("admin-ui.directory"), "theme/keycloak.v2/admin");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void readTheSourceMaps() throws IOException {
        try (Stream<Path> files = Files.list(THEME.resolve("resources/assets"))) {
            files.filter(file -> file.toString().endsWith(".map")).forEach(UpstreamAdminConsoleTest::readSources);
        }
    }

    private static void readSources(Path map) {
        try {
            JsonNode json = new ObjectMapper().readTree(map.toFile());
            for (int i = 0; i < json.path("sources").size(); i++) {
                String name = json.path("sources").path(i).asText();
                if (!name.contains("node_modules")) {
                    SOURCES.put(
                            name.replace("../", ""),
                            json.path("sourcesContent").path(i).asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    src/App.tsx                                 | mainContainerId={mainPageContentId}
                    libs/ui-shared/dist/keycloak-ui-shared.js   | "kc-main-content-page-container"
                    src/PageNav.tsx                             | const name = "nav-item" + path.replace("/", "-");
                    src/PageNav.tsx                             | pf-v5-c-nav__link${isActive ? " pf-m-current" : ""}
                    src/PageNav.tsx                             | <LeftNav title="users" path="/users" />
                    src/PageNav.tsx                             | <LeftNav title="groups" path="/groups" />
                    src/PageNav.tsx                             | <LeftNav title="sessions" path="/sessions" />
                    src/dashboard/routes/Dashboard.tsx          | path: "/:realm/:tab"
                    src/context/realm-context/RealmContext.tsx  | value={{ realm, realmRepresentation: realmRepresentation!, refresh }}
                    src/context/realm-context/RealmContext.tsx  | locationRealm.split("/")[1] ?? environment.realm
                    src/user/routes/User.tsx                    | path: "/:realm/users/:id/:tab"
                    src/user/EditUser.tsx                       | data-testid="user-details-tab"
                    src/user/EditUser.tsx                       | data-testid="credentials"
                    src/clients/routes/Client.tsx               | path: "/:realm/clients/:clientId/:tab"
                    """)
    void theConsoleHasTheStructureThatOurAdapterExpects(String source, String text) {
        assertTrue(SOURCES.getOrDefault(source, "").contains(text), () -> """
            Keycloak's admin console has changed: %s no longer has %s
            Look there for what has taken its place, then change
            1. themes/src/console/adapter.ts and userTab.ts, which know the console's DOM and addresses,
               or themes/src/admin/consoleLinks.ts, which knows the addresses of users and clients,
            2. the table above, and run the browser tests Admin*IT.""".formatted(source, text));
    }

    @Test
    void theConsoleProvidesReact() throws IOException {
        Matcher map = IMPORT_MAP.matcher(Files.readString(THEME.resolve("index.ftl")));
        String known = Files.readString(Path.of("src/test/resources/upstream/importmap.json"));
        assertEquals(json(known), json(map.find() ? map.group(1) : "{}"), """
            The admin console's import map has changed. Our page takes React from it: change themes/src/admin/react.ts and
            REACT in themes/build/bundle.mjs, then src/test/resources/upstream/importmap.json.""");
    }

    @Test
    void theConsoleLoadsThemeScriptsAsModulesAndProvidesItsUrl() throws IOException {
        String page = Files.readString(THEME.resolve("index.ftl"));
        for (String known : new String[] {
            "renderScripts themeResources.scripts resourceUrl \"module\"",
            "<script id=\"environment\" type=\"application/json\">",
            "\"adminBaseUrl\":",
            "\"consoleBaseUrl\":",
            "\"clientId\":"
        }) {
            assertTrue(
                    page.contains(known),
                    () -> "The admin console's index.ftl no longer has " + known
                            + ": change themes/theme/admin.properties or themes/src/shared/environment.ts.");
        }
    }

    @Test
    void keycloakHasNoExtensionPointForPagesYet() {
        assertTrue(SOURCES.size() > 500, "the source maps no longer contain the sources");
        assertTrue(SOURCES.values().stream().noneMatch(source -> source.contains("UiScriptProvider")), """
            Keycloak has UiScriptProvider now (keycloak issue 52777): use it to provide the element qh-api-tokens, and delete
            themes/src/console, the admin theme and this test.""");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
