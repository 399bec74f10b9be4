package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;

/** Checks that a page fits into the window: nothing scrolls sideways, and no action is cut off. */
final class Layout {
    static final int[] WIDTHS = {320, 375, 768, 1024, 1199, 1200, 1280, 1440};

    /** Returns what does not fit. Tabs scroll with buttons of their own; some boxes are invisible by design. */
    private static final String UNFIT = """
        () => {
          const wide = [document.scrollingElement, ...document.querySelectorAll("main, .pf-v5-c-modal-box__body")]
            .filter(e => e.scrollWidth > e.clientWidth)
            .map(e => `${e.tagName} ${e.className} scrolls sideways by ${e.scrollWidth - e.clientWidth}`);
          const own = "[role=dialog], qh-api-tokens, main .pf-v5-c-page__main-section, .pf-v5-c-menu";
          const actions = [...document.querySelectorAll("button, a, input, [role=menuitem], [role=option]")]
            .filter(e => e.closest(own) && e.checkVisibility({ visibilityProperty: true }))
            .filter(e => !e.closest(".pf-v5-c-tabs, .pf-v5-screen-reader, .pf-v5-c-switch"));
          const cut = actions.filter(e => {
            const { left, right } = e.getBoundingClientRect();
            const clips = [];
            for (let box = e.parentElement; box; box = box.parentElement) {
              if (getComputedStyle(box).overflowX !== "visible") clips.push(box.getBoundingClientRect());
            }
            const texts = e.matches("button, a") ? [e, ...e.querySelectorAll("*")] : [];
            return left < -1 || right > innerWidth + 1
              || clips.some(box => left < box.left - 1 || right > box.right + 1)
              || texts.some(text => getComputedStyle(text).display !== "inline" && text.scrollWidth > text.clientWidth + 1
                && !text.matches("svg, svg *, .pf-v5-screen-reader"));
          });
          return [...wide, ...cut.map(e => `cut off: ${e.outerHTML.slice(0, 200)}`)];
        }""";

    private Layout() {}

    static void assertFitsAtEveryWidth(Page page, String state) {
        assertFits(page, state, WIDTHS);
    }

    /** The console changes the theme with the setting of the browser. */
    static void assertFitsInTheDark(Page page, String state, int... widths) {
        Locator dark = page.locator("html.pf-v5-theme-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(dark).hasCount(1);
        assertFits(page, state + " in the dark", widths);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(dark).hasCount(0);
    }

    static void assertFits(Page page, String state, int... widths) {
        for (int width : widths) {
            page.setViewportSize(width, 800);
            assertFits(page, state + " at " + width);
        }
    }

    /** Waits, because the console takes a moment to adapt to a resized window. */
    static void assertFits(Page page, String state) {
        try {
            page.waitForFunction(
                    "() => (" + UNFIT + ")().length === 0", null, new Page.WaitForFunctionOptions().setTimeout(5_000));
        } catch (TimeoutError e) {
            fail(state + ": " + page.evaluate(UNFIT));
        }
    }
}
