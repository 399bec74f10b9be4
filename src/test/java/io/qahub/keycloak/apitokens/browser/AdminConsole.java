package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Keycloak;
import java.util.regex.Pattern;

/** Page object: Keycloak's admin console in the browser of a realm's admin, who manages the same or another realm. */
record AdminConsole(Page page, Keycloak keycloak, String loginRealm, String realm) {
    static final String TOKENS = "api-tokens";

    /** Opens a path of the qa-hub realm in master's console as the server's admin. */
    static AdminConsole open(Page page, String path) {
        return open(page, "master", "qa-hub", "admin", path);
    }

    /** Opens a path of a realm's own console as one of its users, whose password is the name. */
    static AdminConsole openOwn(Page page, String realm, String user, String path) {
        return open(page, realm, realm, user, path);
    }

    static AdminConsole open(Page page, String loginRealm, String realm, String user, String path) {
        return open(page, Keycloak.get(), loginRealm, realm, user, path);
    }

    static AdminConsole open(Page page, Keycloak keycloak, String loginRealm, String realm, String user, String path) {
        AdminConsole console = new AdminConsole(page, keycloak, loginRealm, realm);
        console.go(path);
        console.signIn(user);
        return console;
    }

    /** Fills in Keycloak's sign-in page; the password of test users and of the server's admin is the name. */
    void signIn(String user) {
        new SignInPage(page).signIn(user);
    }

    void go(String path) {
        page.navigate(url(path));
    }

    String url(String path) {
        return keycloak.url() + "/admin/" + loginRealm + "/console/#/" + realm + "/" + path;
    }

    Locator entry() {
        return page.locator("#nav-item-api-tokens");
    }

    /** Returns one of Keycloak's own menu entries, such as "users". */
    Locator stockEntry(String name) {
        return page.locator("#nav-item-" + name);
    }

    AdminTokensPage openByMenu() {
        entry().click();
        assertIsAtTokens();
        return tokens();
    }

    void assertIsAtTokens() {
        // Pattern.quote produces syntax that JavaScript does not support.
        assertThat(page)
                .hasURL(Pattern.compile("/admin/" + loginRealm + "/console/#/" + realm + "/api-tokens(\\?.*)?$"));
        assertThat(heading("API tokens")).isVisible();
        assertThat(page.locator("qh-api-tokens")).hasCount(1);
        assertThat(page.locator(".pf-v5-c-nav__link.pf-m-current")).hasCount(1);
        assertThat(page.locator(".pf-v5-c-nav__link.pf-m-current")).hasText("API tokens");
        assertThat(page.getByText("Welcome to")).isHidden();
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(name).setExact(true).setLevel(1));
    }

    /** Opens one of Keycloak's own pages by its entry and checks that it is displayed. */
    void openStock(String name, String heading) {
        stockEntry(name).click();
        assertThat(heading(heading)).isVisible();
        assertThat(page.locator("qh-api-tokens")).hasCount(0);
        assertThat(entry()).not().hasClass(Pattern.compile("pf-m-current"));
    }

    AdminTokensPage tokens() {
        return new AdminTokensPage(page);
    }
}
