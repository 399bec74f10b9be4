package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.qahub.keycloak.apitokens.server.BrowserSession;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator who impersonates a user is told why no token can be created. */
@Tag("browser")
@BrowserTest
class ImpersonatedPageIT {
    @ParameterizedTest
    @CsvSource({"en,You are acting as another user", "de,Sie handeln als eine andere Person"})
    void thePageSaysWhyNoTokenCanBeCreatedAndStillRevokes(String language, String title, Chromium chromium) {
        String user = People.newUser(language);
        Realm.QA_HUB.newToken(Realm.QA_HUB.signIn(user), "own");
        BrowserSession session = BrowserSession.impersonate(Realm.QA_HUB, Realm.admin(), Realm.QA_HUB.userId(user));
        Page page = chromium.newPage();
        session.cookies().forEach((name, value) -> page.context()
                .addCookies(
                        List.of(new Cookie(name, value).setUrl(Keycloak.get().url() + "/realms/qa-hub/"))));
        AccountConsole console = new AccountConsole(page, Keycloak.get(), "qa-hub");
        console.go(AccountConsole.TOKENS);
        assertThat(page.getByText(title)).isVisible();
        TokensPage tokens = console.tokens();
        assertThat(tokens.createButton()).isDisabled();
        assertThat(tokens.rotateButton("own")).hasCount(0);
        tokens.revoke("own");
        assertThat(tokens.row("own")).hasCount(0);
    }
}
