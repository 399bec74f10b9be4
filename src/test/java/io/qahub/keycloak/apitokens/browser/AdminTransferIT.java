package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visit of the page within the console transfers little beside the list, and no text that is there already. */
@Tag("browser")
@BrowserTest
class AdminTransferIT {
    private static final int MAX_BYTES = 60_000;

    /** What was transferred since the last call, in bytes without compression. A response from the cache has no body. */
    private static final String TRANSFERRED = """
        () => {
          const bodies = performance.getEntriesByType("resource")
            .filter(e => e.transferSize > e.encodedBodySize && e.decodedBodySize > 0);
          performance.clearResourceTimings();
          return bodies.map(e => [e.name, e.decodedBodySize]);
        }""";

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void aVisitLoadsNothingTwice(String language, Chromium chromium) {
        Page page = chromium.newPage();
        String admin = People.newAdmin(language, "realm-admin");
        AdminConsole console = AdminConsole.openOwn(page, "qa-hub", admin, "");
        assertThat(console.entry()).isVisible();
        page.evaluate("performance.setResourceTimingBufferSize(2000)");
        assertTexts(transferred(page));
        Set<String> before = visit(page, console, true).keySet();
        for (int again = 1; again <= 2; again++) {
            console.stockEntry("sessions").click();
            assertThat(page.locator("qh-api-tokens")).hasCount(0);
            assertThat(page.getByTestId("view-header")).isVisible();
            transferred(page);
            Map<String, Integer> visit = visit(page, console, false);
            Set<String> files = new HashSet<>(visit.keySet());
            files.retainAll(before);
            files.removeIf(url -> url.contains("/admin/realms/") || url.contains("whoami") || url.contains("favicon"));
            assertEquals(Set.of(), files, "loaded again");
        }
    }

    /** Without the script, which browsers keep until the next version. */
    private static Map<String, Integer> visit(Page page, AdminConsole console, boolean isFirst) {
        console.entry().click();
        assertThat(page.locator("qh-api-tokens [role=status]").first())
                .hasText(Pattern.compile("API.tokens?", Pattern.CASE_INSENSITIVE));
        Map<String, Integer> all = transferred(page);
        assertEquals(isFirst, all.keySet().removeIf(url -> url.endsWith("/admin.js")));
        assertTrue(all.keySet().removeIf(url -> url.contains("/api-tokens?")), "the list");
        int bytes = all.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(bytes <= MAX_BYTES, bytes + " bytes: " + all);
        System.out.println(bytes + " bytes transferred by a visit: " + all);
        return all;
    }

    /** The check would be pointless if the console did not load its texts in the way that is looked for. */
    private static void assertTexts(Map<String, Integer> start) {
        assertTrue(start.keySet().stream().anyMatch(url -> url.contains("/resources/qa-hub/admin/")), "no texts");
    }

    private static Map<String, Integer> transferred(Page page) {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        @SuppressWarnings("unchecked")
        List<List<Object>> bodies = (List<List<Object>>) page.evaluate(TRANSFERRED);
        return bodies.stream()
                .collect(Collectors.toMap(
                        body -> (String) body.get(0),
                        body -> ((Number) body.get(1)).intValue(),
                        Integer::sum,
                        TreeMap::new));
    }
}
