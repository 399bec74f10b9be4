package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page behaves like any other page of the account console. */
@Tag("browser")
@BrowserTest
class ConsoleNavigationIT {
    @Test
    void theMenuEntryOpensThePageAndIsHighlighted(Chromium chromium) {
        AccountConsole console = AccountConsole.open(chromium.newPage(), "alice", "");
        console.openByMenu();
        assertThat(console.tokens().createButton()).isVisible();
    }

    @Test
    void aDeepLinkOpensThePageAfterSignIn(Chromium chromium) {
        AccountConsole.open(chromium.newPage(), "alice", AccountConsole.TOKENS).assertIsAtTokens();
    }

    @Test
    void aReloadStaysOnThePage(Chromium chromium) {
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(page, "alice", "");
        console.openByMenu();
        page.reload();
        console.assertIsAtTokens();
    }

    @Test
    void aSecondClickOnTheEntryChangesNothing(Chromium chromium) {
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(page, "alice", "");
        console.openByMenu();
        for (int click = 0; click < 2; click++) {
            console.entry("API tokens").click();
            console.assertIsAtTokens();
        }
        page.reload();
        console.assertIsAtTokens();
        console.entry("API tokens").click();
        console.assertIsAtTokens();
    }

    @Test
    void backAndForwardNavigateToAndFromThePage(Chromium chromium) {
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(page, "alice", "");
        console.entry("Applications").click();
        console.openByMenu();
        console.entry("Personal info").click();
        assertThat(console.entry("Personal info")).hasClass(Pattern.compile("pf-m-current"));
        assertThat(page.locator("nav .pf-v5-c-nav__link.pf-m-current")).hasCount(1);
        page.goBack();
        console.assertIsAtTokens();
        page.goBack();
        assertThat(page).hasURL(console.url("applications"));
        page.goForward();
        console.assertIsAtTokens();
        page.goForward();
        assertThat(console.entry("Personal info")).hasClass(Pattern.compile("pf-m-current"));
    }

    @Test
    void theSessionIsFoundWithoutAccessToTheConsolesReactProperties(Chromium chromium) {
        Page page = chromium.newPage();
        ReactHidden.in(page);
        AccountConsole console = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS);
        console.tokens().startCreation().create("found").close();
        assertThat(console.tokens().row("found")).isVisible();
    }
}
