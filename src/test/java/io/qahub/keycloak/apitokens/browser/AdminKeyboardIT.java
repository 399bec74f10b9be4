package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The response to a leaked token with the keyboard only; the focus is always where users expect it. */
@Tag("browser")
@BrowserTest
class AdminKeyboardIT {
    @Test
    void aTokenIsFoundAndRevokedWithTheKeyboardOnly(Chromium chromium) {
        String owner = People.newUser();
        String prefix = Realm.QA_HUB
                .newToken(Realm.QA_HUB.signIn(owner), "typed")
                .path("prefix")
                .asText();
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.open(page, "users");
        assertThat(console.heading("Users")).isVisible();
        assertThat(console.entry()).isVisible();
        KeyboardIT.tabTo(page, console.entry());
        page.keyboard().press("Enter");
        AdminTokensPage tokens = console.tokens();
        assertThat(tokens.search()).isVisible();
        KeyboardIT.tabTo(page, tokens.search());
        page.keyboard().type("qh_" + prefix);
        assertThat(tokens.rows()).hasCount(1);

        Locator menu = tokens.row("typed").locator("button").last();
        KeyboardIT.tabTo(page, menu);
        chooseRevoke(page);
        assertThat(tokens.confirmButton()).isEnabled();
        page.keyboard().press("Escape");
        assertThat(tokens.dialog()).isHidden();
        assertThat(menu).isFocused();
        chooseRevoke(page);
        assertThat(tokens.confirmButton()).isEnabled();
        KeyboardIT.tabTo(page, tokens.confirmButton());
        page.keyboard().press("Enter");
        assertThat(tokens.row("typed")).containsText("Revoked");
        assertThat(menu).isFocused();
    }

    private static void chooseRevoke(Page page) {
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.MENUITEM).first()).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(page.getByRole(AriaRole.MENUITEM).nth(1)).isFocused();
        page.keyboard().press("Enter");
    }
}
