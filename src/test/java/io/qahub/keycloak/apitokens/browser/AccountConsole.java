package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Keycloak;
import java.util.regex.Pattern;

/** Page object: Keycloak's account console in the browser of a user. */
record AccountConsole(Page page, Keycloak keycloak, String realm) {
    static final String TOKENS = "content/api-tokens";

    /** Opens a path of the qa-hub realm's console, signing in on the way. */
    static AccountConsole open(Page page, String user, String path) {
        return open(page, Keycloak.get(), "qa-hub", user, path);
    }

    static AccountConsole open(Page page, Keycloak keycloak, String realm, String user, String path) {
        AccountConsole console = new AccountConsole(page, keycloak, realm);
        console.go(path);
        console.signIn(user);
        return console;
    }

    /** Fills in Keycloak's sign-in page; a test user's password is the name. */
    void signIn(String user) {
        new SignInPage(page).signIn(user);
    }

    void go(String path) {
        page.navigate(url(path));
    }

    String url(String path) {
        return keycloak.url() + "/realms/" + realm + "/account/" + path;
    }

    /** Returns an entry of the menu, at any level. */
    Locator entry(String label) {
        return page.locator("nav")
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(label).setExact(true));
    }

    Locator group(String label) {
        return page.locator("nav").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(label));
    }

    void openByMenu() {
        group("Developer").click();
        entry("API tokens").click();
        assertIsAtTokens();
    }

    void assertIsAtTokens() {
        assertThat(page).hasURL(url(TOKENS));
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName("API tokens").setExact(true)))
                .isVisible();
        assertThat(entry("API tokens")).hasClass(Pattern.compile("pf-m-current"));
    }

    TokensPage tokens() {
        return new TokensPage(page);
    }
}
