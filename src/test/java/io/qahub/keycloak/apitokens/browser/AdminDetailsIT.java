package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The details of a token say what its owner notes about it, and until when a replaced secret works. */
@Tag("browser")
@BrowserTest
class AdminDetailsIT {
    private static final Realm REALM = Realm.QA_HUB;

    /** A token that was rotated with an overlap, and its two token strings. */
    private record Rotated(String owner, String old, String current) {}

    @Test
    void theOverlapOfARotationIsEndedFromTheDetails(Chromium chromium) {
        Rotated rotated = rotated();
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page, rotated);
        tokens.press("rotated");
        assertThat(tokens.dialog()).containsText("Stored in the vault.\nAsk the platform team.");
        assertThat(tokens.dialog()).containsText("Old token works until");
        page.locator("#end-previous").click();
        assertThat(tokens.dialog()).containsText("The new token is not affected.");
        tokens.press("Cancel");
        assertThat(tokens.dialog()).isHidden();
        assertTrue(REALM.isActive(rotated.old()));

        tokens.press("rotated");
        page.locator("#end-previous").click();
        page.locator("#confirm-end-previous").click();
        assertThat(page.getByText("The old token of “rotated” no longer works")).isVisible();
        assertThat(tokens.dialog()).isHidden();
        assertFalse(REALM.isActive(rotated.old()));
        assertTrue(REALM.isActive(rotated.current()));
        tokens.press("rotated");
        assertThat(page.locator("#close-details")).isVisible();
        assertThat(page.locator("#end-previous")).hasCount(0);
        page.locator("#close-details").click();
        tokens.row("rotated").locator("button[aria-label^='Actions']").click();
        assertThat(page.getByText("Show all tokens of")).isVisible();
        assertThat(page.getByText("End the old token")).hasCount(0);
    }

    @Test
    void afterALostAnswerTryingAgainDoesNoHarm(Chromium chromium) {
        Rotated rotated = rotated();
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page, rotated);
        tokens.choose(tokens.row("rotated"), "End the old token");
        page.route("**/previous-secret", route -> {
            route.fetch();
            route.abort();
        });
        page.locator("#confirm-end-previous").click();
        assertThat(page.getByText("The server cannot be reached")).isVisible();
        assertFalse(REALM.isActive(rotated.old()));
        page.unroute("**/previous-secret");
        tokens.press("Try again");
        assertThat(page.getByText("The old token of “rotated” no longer works")).isVisible();
        assertTrue(REALM.isActive(rotated.current()));
    }

    @Test
    void anAdminWhoMayNotRevokeMayNotEndAnOverlap(Chromium chromium) {
        Rotated rotated = rotated();
        Page page = chromium.newPage();
        String admin = People.newAdmin("en", "view-users");
        AdminTokensPage tokens = AdminConsole.openOwn(
                        page, "qa-hub", admin, AdminConsole.TOKENS + "?user=" + rotated.owner())
                .tokens();
        tokens.press("rotated");
        assertThat(tokens.dialog()).containsText("Old token works until");
        assertThat(page.locator("#end-previous")).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({"en,LIGHT", "de,DARK", "fr,LIGHT"})
    void everyStateFitsAndIsAccessible(String language, ColorScheme colors, Chromium chromium) {
        Rotated rotated = rotated();
        Page page = chromium.newPage(new Browser.NewContextOptions().setColorScheme(colors));
        String admin = People.newAdmin(language, "realm-admin");
        AdminTokensPage tokens = AdminConsole.openOwn(
                        page, "qa-hub", admin, AdminConsole.TOKENS + "?user=" + rotated.owner())
                .tokens();
        tokens.press("rotated");
        assertThat(page.locator("#end-previous")).isVisible();
        check(page, "details");
        page.locator("#end-previous").click();
        check(page, "confirmation");
        page.route("**/previous-secret", route -> Intercepted.fail(route, 503));
        page.locator("#confirm-end-previous").click();
        assertThat(page.locator(".pf-v5-c-alert.pf-m-danger")).isVisible();
        check(page, "failure");
        page.unroute("**/previous-secret");
        page.route("**/previous-secret", Route::abort);
        page.locator("#confirm-end-previous").click();
        assertThat(page.locator(".pf-v5-c-alert.pf-m-danger")).isVisible();
        check(page, "no connection");
    }

    private static void check(Page page, String state) {
        LanguagesIT.assertNoKeys(page);
        Layout.assertFitsAtEveryWidth(page, state);
        Accessibility.assertNoViolation(page, state);
    }

    private static AdminTokensPage open(Page page, Rotated rotated) {
        AdminTokensPage tokens = AdminConsole.open(page, AdminConsole.TOKENS + "?user=" + rotated.owner())
                .tokens();
        assertThat(tokens.row("rotated")).isVisible();
        return tokens;
    }

    private static Rotated rotated() {
        String owner = People.newUser();
        String bearer = REALM.signIn(owner);
        JsonNode token = REALM.create(bearer, """
                        {"name":"rotated","description":"Stored in the vault.\\nAsk the platform team.","scopes":["read"]}""").json();
        JsonNode current = REALM.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(bearer)
                .json("{\"overlapSeconds\":3600}")
                .send()
                .json();
        return new Rotated(
                owner, token.path("token").asText(), current.path("token").asText());
    }
}
