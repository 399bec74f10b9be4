package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Build;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every text comes from the message files. */
@Tag("browser")
@BrowserTest
class LanguagesIT {
    private static final String TEXTS = """
        [document.body.innerText, ...[...document.querySelectorAll("[aria-label],[title],[placeholder]")]
          .flatMap(e => [e.ariaLabel, e.title, e.placeholder])].join("\\n")""";

    @ParameterizedTest
    @CsvSource({
        "en,API tokens,No API tokens yet",
        "de,API-Tokens,Noch keine API-Tokens",
        "pl,Tokeny API,Brak tokenów API",
        "pt-BR,Tokens de API,Ainda não há tokens de API",
        "zh-CN,API 令牌,还没有 API 令牌"
    })
    void noStateShowsAMessageKey(String language, String title, String none, Chromium chromium) {
        Page page = chromium.newPage();
        page.setViewportSize(1440, 800);
        String user = People.newUser(language);
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.heading()).hasText(title);
        assertThat(page.getByText(none)).isVisible();
        assertNoKeys(page);

        CreateForm form = tokens.startCreation();
        form.scope("read").uncheck();
        form.networks().input().fill("office");
        form.expiry().click();
        assertNoKeys(page);
        page.getByRole(AriaRole.OPTION).nth(4).click();
        form.submit();
        assertNoKeys(page);
        form.scope("read").check();
        form.networks().input().fill("10.1.2.3/8");
        assertNoKeys(page);
        form.networks().input().fill("10.0.0.0/8, 10.1.0.0/16, 192.0.2.0/24, 198.51.100.0/24, 2001:db8::/32");
        form.expiry().click();
        page.getByRole(AriaRole.OPTION).nth(5).click();
        NewTokenView view = form.create("first");
        assertNoKeys(page);
        view.close();
        assertThat(tokens.rows()).hasCount(1);
        page.locator("#api-tokens-status").click();
        assertNoKeys(page);
        page.keyboard().press("Escape");

        String bearer = Realm.QA_HUB.signIn(user);
        for (int number = 0; number < 11; number++) {
            Realm.QA_HUB.newToken(bearer, "more " + number);
        }
        page.reload();
        assertThat(tokens.rows()).hasCount(12);
        assertNoKeys(page);
        RotateForm rotation = tokens.startFirstRotation();
        assertNoKeys(page);
        rotation.overlap().click();
        assertNoKeys(page);
        page.getByRole(AriaRole.OPTION).nth(1).click();
        rotation.expiry().expiry().click();
        assertNoKeys(page);
        page.getByRole(AriaRole.OPTION).first().click();
        NewTokenView rotated = rotation.rotate();
        assertNoKeys(page);
        rotated.close();
        page.locator("thead input").check();
        page.locator("#revoke-selected").click();
        assertNoKeys(page);
        tokens.confirm();
        assertThat(tokens.rows()).hasCount(0);
        assertNoKeys(page);
    }

    @Test
    void noProblemShowsAMessageKey(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser("de"), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        form.name().fill("x");
        for (int status : new int[] {401, 403, 500}) {
            Intercepted.every(page, "POST", route -> Intercepted.fail(route, status));
            form.submit();
            assertThat(page.locator("[role=dialog] .pf-v5-c-alert.pf-m-danger")).isVisible();
            assertNoKeys(page);
            Intercepted.none(page);
        }
        Intercepted.every(page, "POST", Route::abort);
        form.submit();
        assertThat(page.getByText("Der Server ist nicht erreichbar")).isVisible();
        assertNoKeys(page);
    }

    @Test
    void thePageFollowsTheLanguageOfTheConsole(Chromium chromium) {
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(page, People.newUser("en"), AccountConsole.TOKENS);
        assertThat(page.getByText("No API tokens yet")).isVisible();
        page.evaluate("window.dispatchEvent(new CustomEvent('languageChanged', {detail: {language: 'de'}}))");
        assertThat(page.getByText("Noch keine API-Tokens")).isVisible();
        if (!Build.keycloakVersion().matches("26\\.[45]\\..*")) { // their console does not change the menu
            assertThat(console.entry("API-Tokens")).isVisible();
        }
    }

    static void assertNoKeys(Page page) {
        String texts = (String) page.evaluate(TEXTS);
        assertFalse(
                Pattern.compile("apiTokens|\\bdeveloper\\b|\\{\\{|undefined")
                        .matcher(texts)
                        .find(),
                texts);
    }
}
