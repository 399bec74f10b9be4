package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors on the admin page fit into every window, are translated, and do not violate WCAG 2.1 A or AA. */
@Tag("browser")
@BrowserTest
class AdminErrorsIT {
    private static final Realm REALM = Realm.QA_HUB;

    @ParameterizedTest
    @CsvSource({"en,LIGHT", "de,DARK", "fr,LIGHT"})
    void errorsOfTheListAndItsDialogs(String language, ColorScheme colors, Chromium chromium) {
        String owner = People.newUser();
        REALM.newToken(REALM.signIn(owner), "first");
        Page page = chromium.newPage(new Browser.NewContextOptions().setColorScheme(colors));
        String admin = People.newAdmin(language, "realm-admin");
        page.route("**/api-tokens?*", route -> Intercepted.fail(route, 503));
        AdminTokensPage tokens = AdminConsole.openOwn(page, "qa-hub", admin, AdminConsole.TOKENS + "?user=" + owner)
                .tokens();
        check(page, "the list cannot be loaded");
        page.unroute("**/api-tokens?*");
        page.locator("#refresh-list").click();
        assertThat(tokens.row("first")).isVisible();

        page.route("**/api-tokens/*", Route::abort);
        page.locator("#revoke-matching").click();
        check(page, "the tokens to revoke cannot be counted");
        page.keyboard().press("Escape");
        page.unroute("**/api-tokens/*");
        tokens.press("first");
        page.locator("#revoke-details").click();
        assertThat(tokens.confirmButton()).isEnabled(); // so that only the revocation fails
        page.route("**/api-tokens/*", route -> Intercepted.fail(route, 500));
        tokens.confirmButton().click();
        check(page, "the token cannot be revoked");
        page.keyboard().press("Escape");
        page.unroute("**/api-tokens/*");

        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        page.locator("#api-token-client").fill("no-such-client");
        form.name().fill("refused");
        form.submit();
        assertThat(page.locator("#api-token-client-help")).containsText("client");
        Layout.assertFitsAtEveryWidth(page, "the client is refused");
        Accessibility.assertNoViolation(page, "the client is refused");
        page.route("**/admin/realms/qa-hub/api-tokens", Route::abort);
        form.submit();
        check(page, "the token may have been created");
    }

    @ParameterizedTest
    @CsvSource({"en,LIGHT", "en,DARK"})
    void thePageItselfCannotBeLoaded(String language, ColorScheme colors, Chromium chromium) {
        Page page = chromium.newPage(new Browser.NewContextOptions().setColorScheme(colors));
        AdminConsole console =
                AdminConsole.openOwn(page, "qa-hub", People.newAdmin(language, "realm-admin"), "sessions");
        assertThat(console.entry()).isVisible();
        page.route("**/whoami?*", route -> Intercepted.fail(route, 503));
        console.entry().click();
        check(page, "the page cannot be loaded");
        assertThat(console.heading("API tokens")).isVisible();
        page.unroute("**/whoami?*");
        console.tokens().press("Try again");
        console.assertIsAtTokens();
    }

    @ParameterizedTest
    @CsvSource({"en,LIGHT", "de,DARK"})
    void errorsOfTheOtherTabs(String language, ColorScheme colors, Chromium chromium) {
        Page page = chromium.newPage(new Browser.NewContextOptions().setColorScheme(colors));
        String admin = People.newAdmin(language, "realm-admin");
        page.route("**/api-tokens/scopes", route -> Intercepted.fail(route, 503));
        AdminTokensPage tokens = AdminConsole.openOwn(page, "qa-hub", admin, AdminConsole.TOKENS + "?tab=scopes")
                .tokens();
        check(page, "the scopes cannot be loaded");
        page.unroute("**/api-tokens/scopes");
        page.setViewportSize(1440, 800);
        page.route("**/admin/realms/qa-hub", route -> Intercepted.fail(route, 503));
        tokens.openTab("policy");
        check(page, "the policy cannot be loaded");
        page.unroute("**/admin/realms/qa-hub");
        page.locator(".pf-v5-c-alert button").first().click();
        tokens.policyField("helpUrl").fill("no address");
        tokens.savePolicy();
        assertThat(page.locator("#policy-helpUrl-help .pf-m-error")).isVisible();
        Layout.assertFitsAtEveryWidth(page, "an address that is invalid");
        Accessibility.assertNoViolation(page, "an address that is invalid");
        tokens.policyField("helpUrl").fill("https://example.com");
        page.route("**/admin/realms/qa-hub", Route::abort);
        tokens.savePolicy();
        check(page, "the policy cannot be saved");
        assertThat(page.locator(".pf-v5-c-alert.pf-m-danger")).isInViewport();
        page.unroute("**/admin/realms/qa-hub");
        tokens.policyField("helpUrl").fill("");
    }

    private static void check(Page page, String state) {
        assertThat(page.locator(".pf-v5-c-alert.pf-m-danger, .pf-v5-c-alert.pf-m-warning")
                        .first())
                .isVisible();
        LanguagesIT.assertNoKeys(page);
        Layout.assertFitsAtEveryWidth(page, state);
        Accessibility.assertNoViolation(page, state);
    }
}
