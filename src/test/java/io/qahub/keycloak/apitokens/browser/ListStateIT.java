package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a list shows while it loads, what its URL says, and where the focus is when an action is used up. */
@Tag("browser")
@BrowserTest
class ListStateIT {
    private static final String LISTS = "**/api-tokens?*";

    @Test
    void theListIsAnnouncedUntilItIsLoadedAndCannotBeUsedUntilItAnswersTheSearch(Chromium chromium) {
        Page page = chromium.newPage();
        List<Route> held = hold(page);
        TokensPage tokens = AccountConsole.open(page, owner("first", "second"), AccountConsole.TOKENS)
                .tokens();
        assertThat(page.locator(".qh-loading")).isVisible();
        Accessibility.assertNoViolation(page, "loading");
        release(page, held);
        assertThat(tokens.rows()).hasCount(2);
        assertThat(page.locator(".qh-loading")).hasCount(0);

        tokens.row("second").locator("input").check();
        assertThat(page.locator("#revoke-selected")).isEnabled();
        held = hold(page);
        tokens.search().fill("first");
        assertThat(page.locator("table")).hasAttribute("aria-busy", "true");
        assertThat(page.locator("tbody")).hasAttribute("inert", "");
        assertThat(page.locator("#revoke-selected")).isDisabled();
        assertThat(tokens.search()).isFocused();
        release(page, held);
        assertThat(tokens.rows()).hasCount(1);
        assertThat(page.locator("tbody[inert]")).hasCount(0);
    }

    @Test
    void theListOfAnAdminCannotBeUsedUntilItAnswersTheSearch(Chromium chromium) {
        Page page = chromium.newPage();
        String owner = owner("first", "second");
        List<Route> held = hold(page);
        AdminTokensPage tokens =
                AdminConsole.open(page, AdminConsole.TOKENS + "?user=" + owner).tokens();
        assertThat(page.locator(".qh-loading")).isVisible();
        release(page, held);
        assertThat(tokens.rows()).hasCount(2);
        held = hold(page);
        tokens.search().fill("first");
        assertThat(page.locator("tbody")).hasAttribute("inert", "");
        release(page, held);
        assertThat(tokens.rows()).hasCount(1);
        assertThat(page.locator("tbody[inert]")).hasCount(0);
    }

    @Test
    void theUrlOfAnOwnerNamesTheListWhichIsRefreshed(Chromium chromium) {
        Page page = chromium.newPage();
        String user = owner("first build", "second build", "other");
        AccountConsole console = AccountConsole.open(page, user, AccountConsole.TOKENS);
        TokensPage tokens = console.tokens();
        tokens.filter("All");
        tokens.search().fill("build");
        assertThat(tokens.rows()).hasCount(2);
        assertThat(page).hasURL(console.url(AccountConsole.TOKENS) + "?search=build&status=all");
        page.reload();
        assertThat(tokens.rows()).hasCount(2);
        assertThat(tokens.search()).hasValue("build");
        Realm.QA_HUB.newToken(Realm.QA_HUB.signIn(user), "third build");
        page.locator("#refresh-list").click();
        assertThat(tokens.rows()).hasCount(3);
        assertThat(page.locator("#refresh-list")).isFocused();

        tokens.startCreation();
        page.keyboard().press("Escape");
        assertThat(page).hasURL(console.url(AccountConsole.TOKENS) + "?search=build&status=all");
        tokens.search().fill("");
        tokens.filter("Active and expired");
        assertThat(page).hasURL(console.url(AccountConsole.TOKENS));
    }

    @Test
    void theUrlOfAnAdminNamesTheListOfScopesAndListsAreRefreshed(Chromium chromium) {
        Page page = chromium.newPage();
        String owner = owner("first");
        AdminTokensPage tokens =
                AdminConsole.open(page, AdminConsole.TOKENS + "?user=" + owner).tokens();
        assertThat(tokens.rows()).hasCount(1);
        Realm.QA_HUB.newToken(Realm.QA_HUB.signIn(owner), "second");
        page.locator("#refresh-list").click();
        assertThat(tokens.rows()).hasCount(2);
        tokens.openTab("scopes");
        tokens.search().fill("rea");
        tokens.filter("listed-scopes", "Scopes of tokens");
        assertThat(page).hasURL(Pattern.compile("\\?tab=scopes&listed=tokens&search=rea$"));
        page.reload();
        assertThat(tokens.search()).hasValue("rea");
        assertThat(tokens.nameRow("read")).isVisible();
        assertThat(tokens.nameRow("write")).hasCount(0);
        assertThat(page.locator("#refresh-list")).isVisible();
    }

    @Test
    void theHeadingIsFocusedWhenTheFocusedActionIsUsedUp(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens =
                AccountConsole.open(page, owner("first"), AccountConsole.TOKENS).tokens();
        tokens.search().fill("no such token");
        press(page, "Show all tokens");
        assertThat(tokens.rows()).hasCount(1);
        assertThat(tokens.heading()).isFocused();

        AdminConsole console = AdminConsole.open(page, AdminConsole.TOKENS + "?user=nobody");
        press(page, "Clear filters");
        assertThat(console.heading("API tokens")).isFocused();
    }

    private static void press(Page page, String name) {
        Locator button = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
        button.focus();
        page.keyboard().press("Enter");
    }

    private static String owner(String... tokens) {
        String user = People.newUser();
        String bearer = Realm.QA_HUB.signIn(user);
        for (String name : tokens) {
            Realm.QA_HUB.newToken(bearer, name);
        }
        return user;
    }

    /** Keeps the responses to requests for lists back. */
    private static List<Route> hold(Page page) {
        List<Route> held = new ArrayList<>();
        page.route(LISTS, held::add);
        return held;
    }

    private static void release(Page page, List<Route> held) {
        page.waitForCondition(() -> !held.isEmpty());
        page.unroute(LISTS);
        held.forEach(Route::resume);
    }
}
