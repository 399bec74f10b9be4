package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page and dialog fits into the window, and nothing jumps or is covered: in English, German and the longest
 * translation, French, at every width, and in all other languages in the narrowest window.
 */
@Tag("browser")
@BrowserTest
class WidthsIT {
    private static final Realm REALM = Realm.QA_HUB;
    private static final String LONG_NAME = "Donaudampfschifffahrtsgesellschaftskapitänsmütze";

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
    @ValueSource(strings = {"en", "de", "fr"})
    void theOwnersPageFitsAtEveryWidth(String language, Chromium chromium) {
        theOwnersPageFits(language, chromium, Layout.WIDTHS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "it", "ja", "nl", "pl", "pt-BR", "zh-CN"})
    void theOwnersPageFitsInEveryLanguage(String language, Chromium chromium) {
        theOwnersPageFits(language, chromium, Layout.WIDTHS[0]);
    }

    private static void theOwnersPageFits(String language, Chromium chromium, int... widths) {
        Page page = chromium.newPage();
        String user = People.newUser(language);
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.createButton()).isEnabled();
        assertFits(page, "no tokens", widths);
        fill(user);
        page.reload();
        assertThat(tokens.rows()).hasCount(14);
        assertFits(page, "list", widths);
        tokens.rows().first().locator("input").check();
        assertFits(page, "list with a selection", widths);

        tokens.startFirstRotation();
        assertFits(page, "rotation", widths);
        page.keyboard().press("Escape");
        page.locator("#revoke-selected").click();
        assertThat(page.locator("#confirm-revoke")).isVisible();
        assertFits(page, "confirmation", widths);
        page.keyboard().press("Escape");
        EditForm edit = tokens.startEdit(LONG_NAME);
        edit.description().fill("x".repeat(501));
        edit.save();
        assertFits(page, "edit with invalid input", widths);
        page.keyboard().press("Escape");
        page.locator(".qh-previous button").click();
        assertThat(page.locator("#confirm-end-previous")).isVisible();
        assertFits(page, "end of the overlap", widths);
        page.keyboard().press("Escape");
        tokens.row(LONG_NAME).locator(".qh-description button").click();
        assertFits(page, "list with a whole description", widths);
        CreateForm form = tokens.startCreation();
        form.expiry().click();
        page.getByRole(AriaRole.OPTION).nth(4).click();
        form.submit();
        assertFits(page, "form with invalid input", widths);
        form.expiry().click();
        assertFits(page, "form with the list of lifetimes", widths);
        page.getByRole(AriaRole.OPTION).first().click();
        form.create("x".repeat(100));
        assertFits(page, "shown once", widths);
        page.keyboard().press("Escape");
        assertThat(page.locator("#new-api-token-leave")).isVisible();
        assertFits(page, "leaving without copying", widths);
        page.locator("#new-api-token-leave").click();
        tokens.search().fill("no such token");
        assertThat(tokens.rows()).hasCount(0);
        assertFits(page, "nothing found", widths);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr"})
    void theAdminsPageFitsAtEveryWidth(String language, Chromium chromium) {
        theAdminsPageFits(language, chromium, Layout.WIDTHS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "it", "ja", "nl", "pl", "pt-BR", "zh-CN"})
    void theAdminsPageFitsInEveryLanguage(String language, Chromium chromium) {
        theAdminsPageFits(language, chromium, Layout.WIDTHS[0]);
    }

    private static void theAdminsPageFits(String language, Chromium chromium, int... widths) {
        String owner = People.newUser();
        fill(owner);
        Page page = chromium.newPage();
        String admin = People.newAdmin(language, "realm-admin");
        AdminConsole console =
                AdminConsole.openOwn(page, "qa-hub", admin, AdminConsole.TOKENS + "?status=all&user=" + owner);
        AdminTokensPage tokens = console.tokens();
        assertThat(tokens.rows()).hasCount(14);
        assertFits(page, "list", widths);
        tokens.rows().first().locator("input").check();
        assertFits(page, "list with a selection", widths);
        tokens.rows().first().locator("button").last().click();
        assertFits(page, "menu", widths);
        page.keyboard().press("Escape");
        page.locator("#revoke-matching").click();
        assertThat(page.locator("#revoke-number")).isVisible();
        assertFits(page, "confirmation", widths);
        page.keyboard().press("Escape");
        tokens.rows().first().locator("th button").click();
        assertThat(page.locator("#close-details")).isVisible();
        assertFits(page, "details", widths);
        page.keyboard().press("Escape");
        page.locator("#create-api-token").click();
        new CreateForm(page).submit();
        assertFits(page, "form with invalid input", widths);
        page.keyboard().press("Escape");
        tokens.openTab("scopes");
        assertThat(tokens.nameRow("read")).isVisible();
        assertFits(page, "scopes", widths);
        tokens.openTab("policy");
        tokens.policyField("idleDays").fill("soon");
        assertFits(page, "policy with an invalid value", widths);
        tokens.policyField("idleDays").fill("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr"})
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
                Object before = settledPositions(each);
                each.locator("tbody tr input").first().check();
                each.locator("tbody tr input").nth(1).check();
                assertThat(each.locator("#revoke-selected")).containsText("2");
                assertEquals(before, each.evaluate(POSITIONS), "at " + width);
                each.locator("tbody tr input").first().uncheck();
                each.locator("tbody tr input").nth(1).uncheck();
            }
        }
    }

    /** The console shows or hides its navigation up to 250 ms after the window was resized. */
    private static Object settledPositions(Page page) {
        Object before;
        Object now = page.evaluate(POSITIONS);
        do {
            page.waitForTimeout(500);
            before = now;
            now = page.evaluate(POSITIONS);
        } while (!now.equals(before));
        return now;
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

    private static void assertFits(Page page, String state, int... widths) {
        for (int width : widths) {
            page.setViewportSize(width, 800);
            Layout.assertFits(page, state + " at " + width);
        }
        LanguagesIT.assertNoKeys(page);
        page.setViewportSize(1440, 800);
    }

    private static void fill(String owner) {
        String bearer = REALM.signIn(owner);
        String soon = Instant.now().plus(Duration.ofDays(8)).toString();
        String nightly = create(bearer, "Nightly build of the release branch, on all platforms", soon);
        REALM.call("POST", "/api-tokens/" + nightly + "/rotate")
                .bearer(bearer)
                .json("{\"overlapSeconds\":86400}")
                .send();
        create(bearer, LONG_NAME, null);
        for (int number = 1; number <= 12; number++) {
            REALM.newToken(bearer, "token " + number);
        }
    }

    /** Creates a token with a long description and uses it; returns its ID. */
    private static String create(String bearer, String name, @Nullable String expiresAt) {
        String expiry = expiresAt == null ? "null" : '"' + expiresAt + '"';
        String json = "{\"name\":\"%s\",\"description\":\"%s\",\"scopes\":[\"read\",\"write\"],\"expiresAt\":%s}";
        JsonNode token = REALM.create(
                        bearer, json.formatted(name, "https://wiki.example.com/" + "x".repeat(200), expiry))
                .json();
        REALM.isActive(token.path("token").asText());
        return token.path("id").asText();
    }
}
