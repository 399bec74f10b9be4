package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Database;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every page and dialog fits into the window, and nothing jumps or is covered: in English, German and the longest
 * translation, French, at every width, and in all other languages in the narrowest window. In French, with both themes.
 */
@Tag("browser")
@BrowserTest
class WidthsIT {
    private static final Realm REALM = Realm.QA_HUB;
    private static final String LONG_NAME = "Donaudampfschifffahrtsgesellschaftskapitänsmütze";

    /** With the longest address, and so many that the list is collapsed. */
    private static final String NETWORKS = IntStream.rangeClosed(1, 5)
            .mapToObj("\"2001:db8:ffff:ffff:ffff:ffff:ffff:fff%d/128\""::formatted)
            .collect(Collectors.joining(","));

    private static final String LONGEST = "fr";
    private static final List<String> AT_EVERY_WIDTH = List.of(LONGEST, "de", "en");

    /** The last window is wide: when a narrow one becomes wide, the console moves its content a moment later. */
    private static final List<String> LANGUAGES = Stream.of(
                    List.of("es", "it", "ja", "nl", "pl", "pt-BR", "zh-CN"), AT_EVERY_WIDTH)
            .flatMap(List::stream)
            .toList();

    private static final int[] NARROWEST = {Layout.WIDTHS[0]};

    /** Relative to the heading, because a page may be scrolled. */
    private static final String POSITIONS = """
        () => {
          const heading = [...document.querySelectorAll("h1")].find(e => e.checkVisibility()).getBoundingClientRect();
          return [...document.querySelectorAll("#api-tokens-toolbar button, #api-tokens-toolbar input, tbody tr")]
            .filter(e => e.checkVisibility())
            .map(e => e.getBoundingClientRect())
            .map(({ x, y }) => Math.round(x - heading.x) + " " + Math.round(y - heading.y)).join();
        }""";

    @Test
    void theOwnersPageFitsInEveryLanguage(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.createButton()).isEnabled();
        assertOwnersPageFits(page, "no tokens");
        fill(user);
        page.reload();
        assertThat(tokens.rows()).hasCount(14);
        assertOwnersPageFits(page, "list");
        tokens.rows().first().locator("input").check();
        assertOwnersPageFits(page, "list with a selection");

        tokens.startFirstRotation();
        assertOwnersPageFits(page, "rotation");
        page.keyboard().press("Escape");
        page.locator("#revoke-selected").click();
        assertThat(page.locator("#confirm-revoke")).isVisible();
        assertOwnersPageFits(page, "confirmation");
        page.keyboard().press("Escape");
        EditForm edit = tokens.startEdit(LONG_NAME);
        edit.description().fill("x".repeat(501));
        edit.networks().input().fill("x".repeat(100));
        edit.save();
        assertOwnersPageFits(page, "edit with invalid input");
        page.keyboard().press("Escape");
        page.locator(".qh-previous button").click();
        assertThat(page.locator("#confirm-end-previous")).isVisible();
        assertOwnersPageFits(page, "end of the overlap");
        page.keyboard().press("Escape");
        tokens.row(LONG_NAME).locator(".qh-description button").first().click();
        tokens.networks(LONG_NAME).locator("button").click();
        assertOwnersPageFits(page, "list with a whole description");
        CreateForm form = tokens.startCreation();
        form.expiry().click();
        page.getByRole(AriaRole.OPTION).nth(4).click();
        form.networks().input().fill("x".repeat(100));
        form.submit();
        assertOwnersPageFits(page, "form with invalid input");
        form.networks().input().fill("");
        form.expiry().click();
        assertOwnersPageFits(page, "form with the list of lifetimes");
        page.getByRole(AriaRole.OPTION).first().click();
        form.create("x".repeat(100));
        assertOwnersPageFits(page, "shown once");
        page.keyboard().press("Escape");
        assertThat(page.locator("#new-api-token-leave")).isVisible();
        assertOwnersPageFits(page, "leaving without copying");
        page.locator("#new-api-token-leave").click();
        tokens.search().fill("no such token");
        assertThat(tokens.rows()).hasCount(0);
        assertOwnersPageFits(page, "nothing found");
    }

    @Test
    void theAdminsPageFitsInEveryLanguage(Chromium chromium) {
        String owner = People.newUser();
        fill(owner);
        Page page = chromium.newPage();
        String admin = People.newAdmin("en", "realm-admin");
        String list = AdminConsole.TOKENS + "?status=all&user=" + owner;
        AdminConsole console = AdminConsole.openOwn(page, "qa-hub", admin, list);
        assertThat(console.tokens().rows()).hasCount(14);
        for (String language : LANGUAGES) {
            People.setLanguage(admin, language);
            int[] widths = widths(language);
            page.setViewportSize(widths[widths.length - 1], 800);
            console.go(list);
            page.reload();
            assertThat(page.locator("qh-api-tokens")).hasAttribute("lang", language);
            assertThat(console.tokens().rows()).hasCount(14);
            walkAdminsPage(page, console.tokens(), state -> assertFits(page, language, state));
        }
    }

    private static void walkAdminsPage(Page page, AdminTokensPage tokens, Consumer<String> fits) {
        fits.accept("list");
        tokens.rows().first().locator("input").check();
        fits.accept("list with a selection");
        tokens.rows().first().locator("button").last().click();
        fits.accept("menu");
        page.keyboard().press("Escape");
        page.locator("#revoke-matching").click();
        assertThat(page.locator("#revoke-number")).isVisible();
        fits.accept("confirmation");
        page.keyboard().press("Escape");
        tokens.rows().first().locator("th button").click();
        assertThat(page.locator("#close-details")).isVisible();
        fits.accept("details");
        page.keyboard().press("Escape");
        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        form.networks().input().fill("x".repeat(100));
        form.submit();
        fits.accept("form with invalid input");
        page.keyboard().press("Escape");
        tokens.openTab("scopes");
        assertThat(tokens.nameRow("read")).isVisible();
        fits.accept("scopes");
        tokens.openTab("policy");
        tokens.policyField("idleDays").fill("soon");
        tokens.policyField("allowedNetworks").fill("x".repeat(100));
        fits.accept("policy with an invalid value");
        tokens.policyField("idleDays").fill("");
        tokens.policyField("allowedNetworks").fill("");
    }

    @Test
    void selectingATokenMovesNothing(Chromium chromium) {
        String user = People.newUser();
        fill(user);
        Page page = chromium.newPage();
        AccountConsole.open(page, user, AccountConsole.TOKENS);
        assertThat(page.locator("tbody tr")).hasCount(14);
        Page admins = chromium.newPage();
        String admin = People.newAdmin("en", "realm-admin");
        AdminConsole.openOwn(admins, "qa-hub", admin, AdminConsole.TOKENS + "?user=" + user);
        assertThat(admins.locator("tbody tr")).hasCount(14);
        for (String language : AT_EVERY_WIDTH) {
            choose(page, language);
            People.setLanguage(admin, language);
            admins.reload();
            assertThat(admins.locator("qh-api-tokens")).hasAttribute("lang", language);
            assertThat(admins.locator("tbody tr")).hasCount(14);
            for (int width : Layout.WIDTHS) {
                assertSelectingMovesNothing(language + " at " + width, width, page, admins);
            }
        }
    }

    private static void assertSelectingMovesNothing(String state, int width, Page... pages) {
        for (Page page : pages) {
            page.setViewportSize(width, 800);
        }
        List<Object> before = settledPositions(pages);
        for (Page page : pages) {
            Layout.assertFits(page, state);
            page.locator("tbody tr input").first().check();
            page.locator("tbody tr input").nth(1).check();
            assertThat(page.locator("#revoke-selected")).containsText("2");
        }
        assertEquals(before, positions(pages), state);
        for (Page page : pages) {
            page.locator("tbody tr input").first().uncheck();
            page.locator("tbody tr input").nth(1).uncheck();
        }
    }

    /** The console shows or hides its navigation up to 250 ms after the window was resized. */
    private static List<Object> settledPositions(Page... pages) {
        List<Object> before;
        List<Object> now = positions(pages);
        do {
            pages[0].waitForTimeout(300);
            before = now;
            now = positions(pages);
        } while (!now.equals(before));
        return now;
    }

    private static List<Object> positions(Page... pages) {
        return Stream.of(pages).map(page -> page.evaluate(POSITIONS)).toList();
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

    /** The page changes its language and theme without a reload, and keeps its state. */
    static void assertOwnersPageFits(Page page, String state) {
        for (String language : LANGUAGES) {
            choose(page, language);
            assertFits(page, language, state);
        }
    }

    /** As the account console does when its user chooses another language. */
    private static void choose(Page page, String language) {
        page.evaluate(
                "language => window.dispatchEvent(new CustomEvent('languageChanged', {detail: {language}}))", language);
        // Faster than an assertion, which waits for a moment before it tries again.
        page.waitForFunction("language => document.querySelector('main div[lang]').lang === language", language);
    }

    private static void assertFits(Page page, String language, String state) {
        int[] widths = widths(language);
        if (language.equals(LONGEST)) {
            Layout.assertFitsInTheDark(page, language + ", " + state, widths);
        }
        Layout.assertFits(page, language + ", " + state, widths);
        LanguagesIT.assertNoKeys(page);
    }

    private static int[] widths(String language) {
        return AT_EVERY_WIDTH.contains(language) ? Layout.WIDTHS : NARROWEST;
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
        for (int number = 1; number <= 11; number++) {
            REALM.newToken(bearer, "token " + number);
        }
        age(REALM.newToken(bearer, "token 12").path("prefix").asText());
    }

    /** Gives a token times whose texts are longer than "now" and "never". */
    private static void age(String prefix) {
        Instant now = Instant.now();
        Database.get().setTime(prefix, "CREATED_AT", now.minus(Duration.ofDays(89)));
        Database.get().setTime(prefix, "LAST_USED_AT", now.minus(Duration.ofDays(88)));
        Database.get().setTime(prefix, "EXPIRES_AT", now.plus(Duration.ofDays(87)));
    }

    /** Creates a token with a long description and long networks; returns its ID. */
    private static String create(String bearer, String name, @Nullable String expiresAt) {
        String expiry = expiresAt == null ? "null" : '"' + expiresAt + '"';
        String json = "{\"name\":\"%s\",\"description\":\"%s\",\"scopes\":[\"read\",\"write\"],\"expiresAt\":%s,"
                + "\"allowedNetworks\":[%s]}";
        JsonNode token = REALM.create(
                        bearer, json.formatted(name, "https://wiki.example.com/" + "x".repeat(200), expiry, NETWORKS))
                .json();
        return token.path("id").asText();
    }
}
