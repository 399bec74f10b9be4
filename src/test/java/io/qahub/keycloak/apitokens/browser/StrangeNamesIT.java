package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are displayed as plain text, regardless of their content. */
@Tag("browser")
@BrowserTest
class StrangeNamesIT {
    /** The name of a token, in a row or a dialog. Names of scopes are isolated from the text around them, too. */
    private static final String NAME = "bdi:not(.qh-scope)";

    private static final String OVERFLOW =
            "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
                    + " + Math.max(...[...document.querySelectorAll('main, .pf-v5-c-modal-box__body')]"
                    + ".map(e => e.scrollWidth - e.clientWidth))";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=\"document.title='attacked'\"><b>bold</b> & {{name}} ${name}",
                "اختبار البناء الليلي \u05D1\u05E0\u05D9\u05D9\u05D4",
                "🚀👩‍💻🇩🇪 emoji",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀"
                        + "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀"
            })
    void aNameIsShownAsPlainTextAndDoesNotBreakTheLayout(String name, Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens();
        NewTokenView view = tokens.startCreation().create(name);
        assertThat(tokens.dialog().locator(NAME)).hasText(name);
        assertFits(page, "shown once");
        view.close();
        for (int width : new int[] {1280, 1000, 768, 375}) {
            page.setViewportSize(width, 800);
            assertEquals(name, tokens.rows().first().locator(NAME).textContent());
            assertFits(page, "list at " + width);
        }
        tokens.rows().first().locator(".qh-revoke").click();
        assertThat(tokens.dialog().locator(NAME)).hasText(name);
        assertFits(page, "confirmation");
        tokens.confirm();
        assertFits(page, "notice");
        assertTrue(page.title().contains("Account"), page.title());
    }

    @ParameterizedTest
    @CsvSource({
        "\u202Egnp.exe, must not contain control or invisible characters",
        "qh_ab12cd_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij, must not contain an API token"
    })
    void aNameThatHidesOrRevealsSomethingIsRefused(String name, String sentence, Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        form.name().fill(name);
        form.submit();
        assertThat(page.getByText(sentence)).isVisible();
    }

    /** Waits, because the console takes a moment to adapt to a resized window. */
    static void assertFits(Page page, String state) {
        try {
            page.waitForFunction(OVERFLOW + " === 0");
        } catch (TimeoutError e) {
            throw new AssertionError("the page is too wide: " + state, e);
        }
    }
}
