package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every failure is explained and offers a next step. */
@Tag("browser")
@BrowserTest
class TroubleIT {
    @Test
    void loadingTheListCanBeRetriedAfterAFailure(Chromium chromium) {
        Page page = chromium.newPage();
        Intercepted.every(page, "GET", Route::abort);
        AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS);
        assertThat(page.getByText("The server cannot be reached")).isVisible();
        Intercepted.none(page);
        press(page, "Try again");
        assertThat(page.getByText("No API tokens yet")).isVisible();
        assertThat(page.getByText("The server cannot be reached")).isHidden();
    }

    @Test
    void theFormKeepsItsInputIfTheServerFails(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        Intercepted.every(page, "POST", route -> Intercepted.fail(route, 503));
        form.name().fill("later");
        form.submit();
        assertThat(page.getByText("It responded with status 503.")).isVisible();
        Intercepted.none(page);
        press(page, "Try again");
        assertThat(new NewTokenView(page).token()).containsText("qh_");
    }

    @Test
    void afterTheSessionEndsTheUserSignsInAndReturnsToTheForm(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        AccountConsole console = AccountConsole.open(page, user, AccountConsole.TOKENS);
        CreateForm form = console.tokens().startCreation();
        form.name().fill("after all");
        People.signOut(user);
        form.submit();
        assertThat(page.getByText("You are no longer signed in")).isVisible();
        press(page, "Sign in");
        console.signIn(user);
        assertThat(form.name()).hasValue("after all");
        form.submit();
        assertThat(new NewTokenView(page).token()).containsText("qh_");
    }

    @Test
    void aFailedRevocationIsReportedAndCanBeRetried(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        Realm.QA_HUB.newToken(Realm.QA_HUB.signIn(user), "stubborn");
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        Intercepted.everyBelow(page, route -> Intercepted.fail(route, 500));
        tokens.startRevocation("stubborn");
        page.locator("#confirm-revoke").click();
        assertThat(page.getByText("The server reported an error")).isVisible();
        Intercepted.none(page);
        press(page, "Try again");
        assertThat(page.getByText("API token “stubborn” revoked")).isVisible();
        assertThat(tokens.row("stubborn")).isHidden();
    }

    @Test
    void twoFailuresAreReportedInOneAlert(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        Realm.QA_HUB.newToken(Realm.QA_HUB.signIn(user), "doubly stubborn");
        Intercepted.everyBelow(page, route -> Intercepted.fail(route, 500));
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        Locator alert = page.getByText("The server reported an error");
        assertThat(alert).hasCount(1);
        tokens.startRevocation("doubly stubborn");
        assertThat(alert).hasCount(0);
        page.locator("#confirm-revoke").click();
        assertThat(alert).hasCount(1);
        assertThat(tokens.dialog()).containsText("The server reported an error");
        Intercepted.none(page);
        press(page, "Try again");
        assertThat(page.getByText("API token “doubly stubborn” revoked")).isVisible();
        assertThat(alert).hasCount(1);
        press(page, "Try again");
        assertThat(alert).hasCount(0);
        assertThat(tokens.createButton()).isEnabled();
    }

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
