package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.qahub.keycloak.apitokens.browser.LanguagesIT.assertNoKeys;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The admin page uses the console's language, and no state shows a message key. */
@Tag("browser")
@BrowserTest
class AdminLanguagesIT {
    @Test
    void thePageIsGermanForAGermanAdmin(Chromium chromium) {
        String owner = People.newUser();
        String bearer = Realm.QA_HUB.signIn(owner);
        for (int number = 1; number <= 11; number++) {
            Realm.QA_HUB.newToken(bearer, "token " + number);
        }
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.openOwn(
                page, "qa-hub", People.newAdmin("de", "realm-admin"), AdminConsole.TOKENS + "?user=" + owner);
        AdminTokensPage tokens = console.tokens();
        assertThat(console.entry()).hasText("API-Tokens");
        assertThat(console.heading("API-Tokens")).isVisible();
        assertThat(tokens.rows()).hasCount(11);
        assertNoKeys(page);
        for (String filter : new String[] {"status", "scope", "unused", "expires"}) {
            page.locator("#api-tokens-" + filter).click();
            assertThat(page.getByRole(AriaRole.OPTION).first()).isVisible();
            assertNoKeys(page);
            page.keyboard().press("Escape");
        }
        tokens.row("token 1").locator("button").last().click();
        assertNoKeys(page);
        page.getByRole(AriaRole.MENUITEM).last().click();
        assertThat(tokens.dialog()).containsText("11 API-Tokens widerrufen?");
        assertNoKeys(page);
        tokens.press("Abbrechen");
        tokens.press("token 2");
        assertThat(tokens.dialog()).containsText("Inhaber");
        assertNoKeys(page);
        page.keyboard().press("Escape");
        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        form.networks().input().fill("10.1.2.3/8");
        form.submit();
        assertThat(form.networks().help()).containsText("Geben Sie statt „10.1.2.3/8“ 10.0.0.0/8 ein");
        assertNoKeys(page);
        page.keyboard().press("Escape");
        page.locator("thead input").check();
        page.locator("#revoke-selected").click();
        assertThat(tokens.dialog()).containsText("und 1 weitere");
        assertNoKeys(page);
        tokens.confirm();
        assertThat(page.getByText("11 API-Tokens widerrufen")).isVisible();
        assertThat(page.getByText("Keine API-Tokens gefunden")).isVisible();
        assertNoKeys(page);
        tokens.openTab("policy");
        tokens.policyField("idleDays").fill("bald");
        assertThat(page.getByText(
                        "Geben Sie eine ganze Zahl von 1 bis 100.000.000 ein, oder lassen Sie das Feld leer."))
                .isVisible();
        assertNoKeys(page);
    }
}
