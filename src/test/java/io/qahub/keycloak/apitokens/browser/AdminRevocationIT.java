package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every revocation first shows the number of affected tokens. */
@Tag("browser")
@BrowserTest
class AdminRevocationIT {
    private static final Realm REALM = Realm.QA_HUB;
    private final String owner = People.newUser();
    private final List<String> created = Stream.of("nightly one", "nightly two", "weekly")
            .map(name -> REALM.newToken(REALM.signIn(owner), name).path("token").asText())
            .toList();

    @Test
    void onlySelectedTokensAreRevoked(Chromium chromium) {
        AdminTokensPage tokens = openOwners(chromium.newPage());
        tokens.row("nightly one").locator("input").check();
        tokens.row("weekly").locator("input").check();
        tokens.press("Revoke 2 tokens");
        assertThat(tokens.dialog()).containsText("Revoke 2 API tokens?");
        assertThat(tokens.dialog()).containsText("weekly");
        assertThat(tokens.dialog()).not().containsText("nightly two");
        tokens.confirm();
        assertThat(tokens.rows()).hasCount(1);
        assertActive(false, true, false);
    }

    @Test
    void matchingTokensAreRevokedAfterTheirNumberIsTyped(Chromium chromium) {
        Page page = chromium.newPage();
        AdminTokensPage tokens = openOwners(page);
        tokens.search().fill("NIGHTLY");
        assertThat(tokens.rows()).hasCount(2);
        page.locator("#revoke-matching").click();
        assertThat(tokens.dialog()).containsText("Revoke 2 API tokens?");
        assertThat(tokens.confirmButton()).isDisabled();
        page.locator("#revoke-number").fill("3");
        assertThat(tokens.confirmButton()).isDisabled();
        page.locator("#revoke-number").fill("2");
        tokens.confirm();
        assertThat(page.getByText("2 API tokens revoked")).isVisible();
        assertThat(page.getByText("No API tokens found")).isVisible();
        assertActive(false, false, true);
        tokens.press("Clear filters");
        tokens.showOnlyUser(owner);
        assertThat(tokens.rows()).hasCount(1);
    }

    @Test
    void cancelingRevokesNothing(Chromium chromium) {
        AdminTokensPage tokens = openOwners(chromium.newPage());
        tokens.choose(tokens.row("weekly"), "Revoke all tokens of " + owner);
        assertThat(tokens.dialog()).containsText("Revoke 3 API tokens?");
        tokens.press("Cancel");
        assertThat(tokens.rows()).hasCount(3);
        assertActive(true, true, true);
    }

    @Test
    void aFailedRevocationIsReportedAndCanBeRetried(Chromium chromium) {
        Page page = chromium.newPage();
        AdminTokensPage tokens = openOwners(page);
        tokens.choose(tokens.row("weekly"), "Revoke all tokens of " + owner);
        assertThat(tokens.confirmButton()).isEnabled();
        page.route("**/api-tokens/revoke", Route::abort);
        tokens.confirmButton().click();
        assertThat(tokens.dialog()).containsText("The server cannot be reached");
        assertActive(true, true, true);
        page.unroute("**/api-tokens/revoke");
        tokens.press("Try again");
        assertThat(page.getByText("3 API tokens revoked")).isVisible();
        assertActive(false, false, false);
    }

    private AdminTokensPage openOwners(Page page) {
        AdminTokensPage tokens = AdminConsole.open(page, AdminConsole.TOKENS).tokens();
        tokens.showOnlyUser(owner);
        assertThat(tokens.rows()).hasCount(3);
        return tokens;
    }

    private void assertActive(Boolean... expected) {
        assertEquals(List.of(expected), created.stream().map(REALM::isActive).toList());
    }
}
