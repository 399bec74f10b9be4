package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At every width, in every language, every page and dialog fits into the window, and nothing jumps or is covered. */
@Tag("browser")
@BrowserTest
class WidthsIT {
    private static final Realm REALM = Realm.QA_HUB;

    /** Relative to the heading, because a page may be scrolled. */
    private static final String POSITIONS = """
        () => {
          const heading = document.querySelector("h1").getBoundingClientRect();
          return [...document.querySelectorAll("#api-tokens-toolbar button, #api-tokens-toolbar input, tbody tr")]
            .filter(e => e.checkVisibility())
            .map(e => e.getBoundingClientRect())
            .map(({ x, y }) => Math.round(x - heading.x) + " " + Math.round(y - heading.y)).join();
        }""";

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void theOwnersPageFits(String language, Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser(language);
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.createButton()).isEnabled();
        Layout.assertFitsAtEveryWidth(page, "no tokens");
        fill(user);
        page.reload();
        assertThat(tokens.rows()).hasCount(14);
        Layout.assertFitsAtEveryWidth(page, "list");
        tokens.rows().first().locator("input").check();
        Layout.assertFitsAtEveryWidth(page, "list with a selection");

        page.setViewportSize(1440, 800);
        tokens.rows().first().locator(".qh-rotate").click();
        tokens.rotation();
        Layout.assertFitsAtEveryWidth(page, "rotation");
        page.keyboard().press("Escape");
        page.locator("#revoke-selected").click();
        assertThat(page.locator("#confirm-revoke")).isVisible();
        Layout.assertFitsAtEveryWidth(page, "confirmation");
        page.keyboard().press("Escape");
        CreateForm form = tokens.startCreation();
        form.expiry().click();
        page.getByRole(AriaRole.OPTION).nth(4).click();
        form.submit();
        Layout.assertFitsAtEveryWidth(page, "form with invalid input");
        form.expiry().click();
        Layout.assertFitsAtEveryWidth(page, "form with the list of lifetimes");
        page.getByRole(AriaRole.OPTION).first().click();
        form.create("x".repeat(100));
        Layout.assertFitsAtEveryWidth(page, "shown once");
        page.keyboard().press("Escape");
        assertThat(page.locator("#new-api-token-leave")).isVisible();
        Layout.assertFitsAtEveryWidth(page, "leaving without copying");
        page.locator("#new-api-token-leave").click();
        tokens.search().fill("no such token");
        assertThat(tokens.rows()).hasCount(0);
        Layout.assertFitsAtEveryWidth(page, "nothing found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void theAdminsPageFits(String language, Chromium chromium) {
        String owner = People.newUser();
        fill(owner);
        Page page = chromium.newPage();
        String admin = People.newAdmin(language, "realm-admin");
        AdminConsole console =
                AdminConsole.openOwn(page, "qa-hub", admin, AdminConsole.TOKENS + "?status=all&user=" + owner);
        AdminTokensPage tokens = console.tokens();
        assertThat(tokens.rows()).hasCount(14);
        Layout.assertFitsAtEveryWidth(page, "list");
        tokens.rows().first().locator("input").check();
        Layout.assertFitsAtEveryWidth(page, "list with a selection");
        tokens.rows().first().locator("button").last().click();
        Layout.assertFitsAtEveryWidth(page, "menu");
        page.keyboard().press("Escape");
        page.locator("#revoke-matching").click();
        assertThat(page.locator("#revoke-number")).isVisible();
        Layout.assertFitsAtEveryWidth(page, "confirmation");
        page.keyboard().press("Escape");
        tokens.rows().first().locator("th button").click();
        assertThat(page.locator("#close-details")).isVisible();
        Layout.assertFitsAtEveryWidth(page, "details");
        page.keyboard().press("Escape");
        page.locator("#create-api-token").click();
        new CreateForm(page).submit();
        Layout.assertFitsAtEveryWidth(page, "form with invalid input");
        page.keyboard().press("Escape");
        page.setViewportSize(1440, 800);
        tokens.openTab("scopes");
        assertThat(tokens.nameRow("read")).isVisible();
        Layout.assertFitsAtEveryWidth(page, "scopes");
        page.setViewportSize(1440, 800);
        tokens.openTab("policy");
        tokens.policyField("idleDays").fill("soon");
        Layout.assertFitsAtEveryWidth(page, "policy with an invalid value");
        tokens.policyField("idleDays").fill("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void selectingATokenMovesNothing(String language, Chromium chromium) {
        String user = People.newUser(language);
        fill(user);
        Page page = chromium.newPage();
        TokensPage own = AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(own.rows()).hasCount(14);
        Page admins = chromium.newPage();
        String admin = People.newAdmin(language, "realm-admin");
        AdminTokensPage all = AdminConsole.openOwn(admins, "qa-hub", admin, AdminConsole.TOKENS + "?user=" + user)
                .tokens();
        assertThat(all.rows()).hasCount(14);
        for (int width : Layout.WIDTHS) {
            for (Page each : new Page[] {page, admins}) {
                each.setViewportSize(width, 800);
                Layout.assertFits(each, "list");
                Object before = each.evaluate(POSITIONS);
                each.locator("tbody tr input").first().check();
                each.locator("tbody tr input").nth(1).check();
                assertThat(each.locator("#revoke-selected")).containsText("2");
                assertEquals(before, each.evaluate(POSITIONS), "at " + width);
                each.locator("tbody tr input").first().uncheck();
                each.locator("tbody tr input").nth(1).uncheck();
            }
        }
    }

    @Test
    void aNoticeDoesNotCoverADialog(Chromium chromium) {
        String user = People.newUser();
        String bearer = REALM.signIn(user);
        REALM.newToken(bearer, "first");
        REALM.newToken(bearer, "second");
        Page page = chromium.newPage();
        page.setViewportSize(375, 800);
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        tokens.revoke("first");
        assertThat(page.getByText("API token “first” revoked")).isVisible();
        tokens.startCreation();
        assertEquals(true, page.getByText("API token “first” revoked").evaluate("""
                    notice => {
                      const { x, y, width, height } = notice.getBoundingClientRect();
                      return !document.elementFromPoint(x + width / 2, y + height / 2).closest(".qh-toasts");
                    }"""));
    }

    private static void fill(String owner) {
        String bearer = REALM.signIn(owner);
        String soon = Instant.now().plus(Duration.ofDays(8)).toString();
        create(bearer, "Nightly build of the release branch, on all platforms", "[\"read\",\"write\"]", soon);
        create(bearer, "Donaudampfschifffahrtsgesellschaftskapitänsmütze", "[\"read\"]", null);
        for (int number = 1; number <= 12; number++) {
            REALM.newToken(bearer, "token " + number);
        }
    }

    private static void create(String bearer, String name, String scopes, String expiresAt) {
        String expiry = expiresAt == null ? "null" : '"' + expiresAt + '"';
        REALM.isActive(
                REALM.create(bearer, "{\"name\":\"%s\",\"scopes\":%s,\"expiresAt\":%s}".formatted(name, scopes, expiry))
                        .json()
                        .path("token")
                        .asText());
    }
}
