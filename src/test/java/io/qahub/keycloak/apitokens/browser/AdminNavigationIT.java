package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page behaves like any other page of the admin console and does not change the others. */
@Tag("browser")
@BrowserTest
class AdminNavigationIT {
    private static final String IN_VIEW = """
        () => {
          const tab = document.querySelector("#user-api-tokens-tab").getBoundingClientRect();
          const list = document.querySelector("#user-api-tokens-tab").closest("ul").getBoundingClientRect();
          return tab.width > 0 && tab.left >= list.left - 1 && tab.right <= list.right + 1 && tab.right <= innerWidth;
        }""";

    @Test
    void theMenuEntryOpensThePageAndKeycloaksOwnPagesStillWork(Chromium chromium) {
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.open(page, "users");
        assertThat(console.heading("Users")).isVisible();
        console.openByMenu();
        console.openStock("users", "Users");
        assertThat(page.getByText("alice").first()).isVisible();
        console.openByMenu();
        console.openStock("groups", "Groups");
        page.goBack();
        console.assertIsAtTokens();
        page.goBack();
        assertThat(console.heading("Users")).isVisible();
        assertThat(page.locator("qh-api-tokens")).hasCount(0);
        page.goForward();
        console.assertIsAtTokens();
        page.reload();
        console.assertIsAtTokens();
    }

    @Test
    void aDeepLinkRestoresTheStateOfThePage(Chromium chromium) {
        Page page = chromium.newPage();
        AdminConsole console =
                AdminConsole.open(page, AdminConsole.TOKENS + "?user=nobody&status=revoked&sort=expires");
        console.assertIsAtTokens();
        assertThat(console.tokens().user()).hasValue("nobody");
        assertThat(page.locator("#api-tokens-status")).hasText("Revoked");
        assertThat(page.getByText("No API tokens found")).isVisible();
        console.entry().click();
        assertThat(console.tokens().user()).hasValue("");
        page.goBack();
        assertThat(console.tokens().user()).hasValue("nobody");
    }

    @Test
    void otherPagesAreDisplayedAgainAfterNavigation(Chromium chromium) {
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.open(page, AdminConsole.TOKENS);
        console.assertIsAtTokens();
        page.evaluate("location.hash = '#/qa-hub/welcome'");
        assertThat(page.getByText("Welcome to")).isVisible();
        assertThat(page.locator("qh-api-tokens")).hasCount(0);
        page.evaluate("location.hash = '#/qa-hub/no/such/page'");
        assertThat(page.getByText("Page Not Found")).isVisible();
        assertThat(console.entry()).not().hasClass(Pattern.compile("pf-m-current"));
    }

    @Test
    void thePageFollowsTheRealmThatIsManaged(Chromium chromium) {
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.open(page, AdminConsole.TOKENS);
        console.assertIsAtTokens();
        AdminConsole other = new AdminConsole(page, console.keycloak(), "master", "master");
        console.stockEntry("realms").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("master"))
                .first()
                .click();
        assertThat(page.getByTestId("currentRealm")).hasText("Keycloak");
        other.openByMenu();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 1024, 1280, 1440})
    void theTabOfAUserIsInViewOrCanBeScrolledTo(int width, Chromium chromium) {
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(width, 800));
        AdminConsole.open(page, "users/" + People.idOf(People.newUser()) + "/settings");
        assertThat(page.locator("#user-api-tokens-tab")).isAttached();
        Locator scroll = page.locator(".pf-v5-c-tabs__scroll-button").last();
        page.waitForCondition(() -> {
            boolean inView = (boolean) page.evaluate(IN_VIEW);
            if (!inView && scroll.isVisible()) {
                scroll.evaluate("button => button.click()");
            }
            return inView;
        });
    }

    @Test
    void thePageOfAUserHasATabWithTheUsersTokens(Chromium chromium) {
        String owner = People.newUser();
        Realm.QA_HUB.newToken(Realm.QA_HUB.signIn(owner), "the owner's");
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.open(page, "users/" + People.idOf(owner) + "/settings");
        Locator tab = page.locator("#user-api-tokens-tab");
        assertThat(tab).hasText("API tokens");
        assertThat(page.getByTestId("user-details-tab")).hasAttribute("aria-selected", "true");
        page.getByTestId("credentials").click();
        assertThat(page).hasURL(Pattern.compile("/credentials$"));
        assertThat(tab).hasCount(1);
        Accessibility.assertNoViolation(page, "a user's page");
        tab.focus();
        page.keyboard().press("Enter");
        console.assertIsAtTokens();
        assertThat(console.tokens().user()).hasValue(owner);
        assertThat(console.tokens().rows()).hasCount(1);
        assertThat(page).hasURL(Pattern.compile("user=" + owner + "$"));
        console.tokens().row("the owner's").locator("a").click();
        assertThat(tab).isVisible();
        page.goBack();
        page.goBack();
        assertThat(page).hasURL(Pattern.compile("/credentials$"));
        assertThat(tab).hasCount(1);
    }
}
