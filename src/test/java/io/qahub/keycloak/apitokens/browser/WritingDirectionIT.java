package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.qahub.keycloak.apitokens.browser.LanguagesIT.assertNoKeys;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Build;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts without a translation, and languages and names that are written from right to left. */
@Tag("browser")
@BrowserTest
class WritingDirectionIT {
    private static final String HEBREW = "בנייה (לילה) 1";
    private static final Realm REALM = new Realm("arabic");

    /** The direction of the account console in Arabic. */
    private static final String CONSOLE = Build.keycloakVersion().matches("26\\.[45]\\..*") ? "ltr" : "rtl";

    @BeforeAll
    static void createRealm() {
        Realms.create(
                REALM.name(),
                "\"internationalizationEnabled\":true,\"supportedLocales\":[\"en\",\"ar\"],\"defaultLocale\":\"en\"",
                "ar");
        Realms.grantAdmin(REALM.name());
    }

    @AfterAll
    static void deleteRealm() {
        REALM.delete();
    }

    @Test
    void textsThatAreNotTranslatedAreEnglishWithEnglishDatesFromLeftToRight(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = open(page);
        assertEquals(CONSOLE, direction(page.locator("html")));
        assertEquals("ltr", direction(tokens.heading()));
        assertThat(page.locator("[lang=en][dir=ltr] h1")).hasText("API tokens");
        CreateForm form = tokens.startCreation();
        assertEquals("ltr", direction(tokens.dialog()));
        NewTokenView view = form.create("plain");
        assertEquals("ltr", direction(view.token()));
        view.close();
        assertEquals("now", tokens.row("plain").locator("time").first().textContent());
        assertTrue(tokens.row("plain")
                .locator("time")
                .last()
                .getAttribute("title")
                .matches("[A-Z][a-z]+ \\d+, \\d{4} at .*"));
        assertNoKeys(page);
        for (int width : Layout.WIDTHS) {
            page.setViewportSize(width, 800);
            Layout.assertFits(page, "list at " + width);
        }
    }

    @Test
    void theAdminsPageIsEnglishFromLeftToRight(Chromium chromium) {
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.openOwn(page, REALM.name(), Realms.USER, AdminConsole.TOKENS);
        assertThat(console.entry()).hasText("API tokens");
        assertEquals("rtl", direction(page.locator("html")));
        assertEquals("ltr", direction(console.heading("API tokens")));
        assertNoKeys(page);
    }

    @Test
    void tokensAndCommandsAreWrittenFromLeftToRightInALanguageFromRightToLeft(Chromium chromium) {
        localize("apiTokensLanguage", "ar");
        localize("apiTokensRevokedOne", "تم إلغاء {{name}}.");
        try {
            Page page = chromium.newPage();
            TokensPage tokens = open(page);
            assertEquals("rtl", direction(tokens.heading()));
            NewTokenView view = tokens.startCreation().create("night (2)");
            for (String command : List.of("#new-api-token", "#api-token-secrets", "#api-token-curl")) {
                assertEquals("ltr", direction(page.locator(command)));
            }
            view.close();
            Locator row = tokens.row("night (2)");
            assertEquals("ltr", direction(row.locator("code")));
            page.setViewportSize(320, 800);
            Layout.assertFits(page, "list");
            page.setViewportSize(1280, 800);
            tokens.revoke("night (2)");
            assertThat(page.getByText("تم إلغاء \u2068night (2)\u2069.")).isVisible();
        } finally {
            REALM.admin("DELETE", "/localization/ar", null);
        }
    }

    @Test
    void aNameInAnotherScriptDoesNotChangeTheOrderOfASentence(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens();
        tokens.startCreation().create(HEBREW).close();
        assertEquals(
                "isolate", tokens.row(HEBREW).locator("bdi").first().evaluate("e => getComputedStyle(e).unicodeBidi"));
        tokens.revoke(HEBREW);
        assertThat(page.getByText("API token “\u2068" + HEBREW + "\u2069” revoked"))
                .isVisible();
    }

    private static TokensPage open(Page page) {
        return AccountConsole.open(page, Keycloak.get(), REALM.name(), Realms.USER, AccountConsole.TOKENS)
                .tokens();
    }

    private static Object direction(Locator element) {
        return element.evaluate("e => getComputedStyle(e).direction");
    }

    private static void localize(String key, String text) {
        Http.Answer answer = Http.call("PUT", "/admin/realms/" + REALM.name() + "/localization/ar/" + key)
                .bearer(Realm.admin())
                .body("text/plain; charset=UTF-8", text)
                .send();
        assertEquals(204, answer.status());
    }
}
