package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Admins find any token in a few steps and open its owner from there. */
@Tag("browser")
@BrowserTest
class AdminListIT {
    private static final Realm REALM = Realm.QA_HUB;
    private static final String FITS =
            "() => document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth";

    @Test
    void theListIsFilteredAndSorted(Chromium chromium) {
        String owner = People.newUser();
        String bearer = REALM.signIn(owner);
        REALM.isActive(REALM.newToken(bearer, "used").path("token").asText());
        REALM.create(bearer, json("reader", "[\"read\"]", null));
        REALM.create(bearer, json("short", "[\"read\",\"write\"]", Instant.now().plus(Duration.ofDays(5))));
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(page, AdminConsole.TOKENS).tokens();
        tokens.showOnlyUser(owner);
        assertThat(tokens.rows()).hasCount(3);
        assertThat(tokens.row("used").locator("[data-label='Last used'] time")).isVisible();

        assertThat(page.locator("#api-tokens-organization")).hasCount(0);
        assertThat(page.locator("qh-api-tokens th[scope=col]")).hasCount(9);
        page.locator("#api-tokens-scope").click();
        assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"Any scope", "read", "write"});
        page.keyboard().press("Escape");
        tokens.filter("scope", "write");
        assertThat(tokens.rows()).hasCount(2);
        tokens.filter("expires", "Expires within 7 days");
        assertThat(tokens.rows()).hasCount(1);
        assertThat(tokens.row("short")).containsText("in 5 days");
        page.reload();
        assertThat(tokens.rows()).hasCount(1);
        tokens.press("Clear filters");
        tokens.showOnlyUser(owner);
        tokens.filter("unused", "Never used");
        assertThat(tokens.rows()).hasCount(2);
        tokens.filter("unused", "Not used for 30 days");
        assertThat(page.getByText("No API tokens found")).isVisible();
        tokens.filter("unused", "Any use");

        Locator expires = page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Expires"));
        tokens.press("Expires");
        assertThat(expires).hasAttribute("aria-sort", "descending");
        assertThat(tokens.rows().last()).containsText("short");
        tokens.press("Expires");
        assertThat(expires).hasAttribute("aria-sort", "ascending");
        assertThat(tokens.rows().first()).containsText("short");
    }

    @Test
    void aTokenLinksToItsDetailsAndItsOwner(Chromium chromium) {
        String owner = People.newUser();
        String prefix =
                REALM.newToken(REALM.signIn(owner), "known").path("prefix").asText();
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.open(page, AdminConsole.TOKENS + "?search=qh_" + prefix);
        AdminTokensPage tokens = console.tokens();
        tokens.press("known");
        assertThat(tokens.dialog()).containsText("qh_" + prefix);
        assertThat(tokens.dialog()).containsText("read, write");
        page.locator("#close-details").click();
        tokens.row("known").locator("a").click();
        assertThat(console.heading(owner)).isVisible();
        page.goBack();
        console.assertIsAtTokens();
        assertThat(tokens.search()).hasValue("qh_" + prefix);
    }

    @Test
    void usersAreSuggestedAndALongListIsPaged(Chromium chromium) {
        String owner = People.newUser();
        String bearer = REALM.signIn(owner);
        IntStream.rangeClosed(1, 21).forEach(number -> REALM.newToken(bearer, "token " + number));
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(page, AdminConsole.TOKENS).tokens();
        tokens.user().pressSequentially(owner.substring(0, 11));
        assertThat(page.locator("#api-tokens-user-suggestions [role=option]")).hasCount(1);
        tokens.user().fill(owner);
        assertThat(tokens.rows()).hasCount(20);
        assertTrue((boolean) page.evaluate(FITS), "the table is wider than the page");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go to the last page"))
                .click();
        assertThat(tokens.rows()).hasCount(1);
        assertThat(tokens.row("token 1")).isVisible();
        tokens.choose(tokens.row("token 1"), "Revoke");
        tokens.confirm();
        assertThat(tokens.rows()).hasCount(20);
    }

    @Test
    void withoutSuggestionsTheFilterIsAPlainField(Chromium chromium) {
        String owner = People.newUser();
        REALM.newToken(REALM.signIn(owner), "theirs");
        Page page = chromium.newPage();
        List<String> asked = new ArrayList<>();
        page.route("**/admin/realms/qa-hub/users?*", route -> {
            asked.add(route.request().url());
            Intercepted.fail(route, 403);
        });
        AdminTokensPage tokens = AdminConsole.open(page, AdminConsole.TOKENS).tokens();
        tokens.user().pressSequentially(owner.substring(0, 11));
        page.waitForCondition(() -> !asked.isEmpty());
        assertTrue(asked.get(0).contains("?username=" + owner.substring(0, 11) + "&max="), asked.toString());
        assertThat(page.locator("#api-tokens-user-suggestions [role=option]")).hasCount(0);
        assertThat(page.locator(".pf-v5-c-alert")).hasCount(0);
        tokens.user().pressSequentially(owner.substring(11));
        page.keyboard().press("Enter");
        assertThat(tokens.rows()).hasCount(1);
    }

    @Test
    void loadingTheListCanBeRetriedAfterAFailure(Chromium chromium) {
        Page page = chromium.newPage();
        page.route("**/api-tokens?*", route -> Intercepted.fail(route, 503));
        AdminConsole console = AdminConsole.open(page, AdminConsole.TOKENS + "?user=nobody");
        assertThat(page.getByText("It responded with status 503.")).isVisible();
        page.unroute("**/api-tokens?*");
        console.tokens().press("Try again");
        assertThat(page.getByText("No API tokens found")).isVisible();
    }

    @Test
    void afterTheSessionEndsTheUserSignsInAndReturnsToTheList(Chromium chromium) {
        Page page = chromium.newPage();
        String admin = People.newAdmin("en", "view-users");
        AdminConsole console = AdminConsole.openOwn(page, "qa-hub", admin, AdminConsole.TOKENS);
        console.assertIsAtTokens();
        People.signOut(admin);
        console.tokens().showOnlyUser("nobody");
        assertThat(page.getByText("You are no longer signed in")).isVisible();
        console.tokens().press("Sign in");
        console.signIn(admin);
        assertThat(page.getByText("No API tokens found")).isVisible();
        assertThat(console.tokens().user()).hasValue("nobody");
    }

    private static String json(String name, String scopes, Instant expiresAt) {
        String expiry = expiresAt == null ? "null" : '"' + expiresAt.toString() + '"';
        return "{\"name\":\"%s\",\"scopes\":%s,\"expiresAt\":%s}".formatted(name, scopes, expiry);
    }
}
