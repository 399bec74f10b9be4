package io.qahub.keycloak.apitokens.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks pages with axe-core for violations of WCAG 2.1 A and AA. Excludes two elements of the console that violate it on
 * all of Keycloak's pages: the menu button in the header, which has no name on a phone, and the links of the collapsed
 * navigation, which remain focusable.
 */
final class Accessibility {
    private static final Path AXE = Path.of("themes/node_modules/axe-core/axe.min.js");
    private static final String RUN = """
        async () => {
          const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
          const { violations } = await axe.run({ exclude: [[".pf-v5-c-masthead"], [".pf-v5-c-page__sidebar.pf-m-collapsed"]] }, { runOnly: { type: "tag", values: tags } });
          return violations.map(v => v.id + " at " + v.nodes.map(n => n.html).join(" and "));
        }""";

    private Accessibility() {}

    static void assertNoViolation(Page page, String state) {
        // Colors are not final during a transition.
        page.waitForTimeout(500);
        page.addScriptTag(new Page.AddScriptTagOptions().setPath(AXE));
        assertEquals(List.of(), page.evaluate(RUN), state);
    }
}
