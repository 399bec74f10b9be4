package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A token's life with the keyboard only; the focus is always where users expect it. */
@Tag("browser")
@BrowserTest
class KeyboardIT {
    private static final int PATIENCE = 80;

    @Test
    void aTokenIsCreatedCopiedAndRevokedWithTheKeyboardOnly(Chromium chromium) {
        Page page = chromium.newPage();
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        String user = People.newUser();
        Realm.QA_HUB.newToken(Realm.QA_HUB.signIn(user), "older");
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.row("older")).isVisible();

        tabTo(page, tokens.createButton());
        page.keyboard().press("Enter");
        assertThat(tokens.form().name()).isFocused();
        page.keyboard().type("typed");
        tabTo(page, tokens.form().scope("write"));
        page.keyboard().press("Space");
        tabTo(page, tokens.form().expiry());
        page.keyboard().press("Enter");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(tokens.form().expiry()).isFocused();
        page.keyboard().press("Shift+Tab");
        tokens.form().name().focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("#new-api-token-copy")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByText("Copied").first()).isVisible();
        tabTo(page, page.locator("#new-api-token-done"));
        page.keyboard().press("Enter");
        assertThat(tokens.createButton()).isFocused();

        Locator revoke = tokens.row("typed").locator(".qh-revoke");
        tabTo(page, revoke);
        page.keyboard().press("Enter");
        assertThat(tokens.dialog()).isVisible();
        page.keyboard().press("Escape");
        assertThat(revoke).isFocused();
        page.keyboard().press("Enter");
        tabTo(page, page.locator("#confirm-revoke"));
        page.keyboard().press("Enter");
        assertThat(tokens.row("typed")).isHidden();
        assertThat(tokens.heading()).isFocused();
    }

    static void tabTo(Page page, Locator target) {
        for (int step = 0; step < PATIENCE; step++) {
            if ((boolean) target.evaluate("element => element === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard does not reach " + target);
    }
}
