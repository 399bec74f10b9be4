package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Database;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners with very many tokens. */
@Tag("browser")
@BrowserTest
class ManyTokensIT {
    @Test
    void fiveHundredTokensArePaged(Chromium chromium) {
        String user = People.newUser();
        String bearer = Realm.QA_HUB.signIn(user);
        createTokens(bearer);
        Realm.QA_HUB.newToken(bearer, "newest");

        Page page = chromium.newPage();
        List<String> calls = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/realms/qa-hub/api-tokens")) {
                calls.add(request.url());
            }
        });
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.rows()).hasCount(20);
        assertThat(tokens.rows().first()).containsText("newest");
        assertThat(page.getByText("500 API tokens")).hasCount(1);
        assertEquals(1, pages(calls), calls.toString());

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go to the last page"))
                .click();
        assertThat(tokens.rows()).hasCount(20);
        assertThat(tokens.row("newest")).isHidden();
        assertEquals(2, pages(calls), calls.toString());
        assertEquals(3, calls.size(), "two pages and the policy: " + calls);

        tokens.search().fill("token 499");
        assertThat(tokens.rows()).hasCount(1);
        String prefix = tokens.rows().first().locator("code").textContent().replace("…", "");
        tokens.search().fill(prefix);
        assertThat(tokens.row("token 499")).isVisible();
        assertThat(tokens.rows()).hasCount(1);
        tokens.search().fill("no such token");
        assertThat(page.getByText("No API tokens found")).isVisible();
        page.getByText("Show all tokens").click();
        assertThat(tokens.rows()).hasCount(20);
    }

    /** Creates 499 tokens, one of them with the name "token 499"; the others are copies of it, which needs no bcrypt. */
    private static void createTokens(String bearer) {
        String prefix =
                Realm.QA_HUB.newToken(bearer, "token 499").path("prefix").asText();
        Database.get().copyToken(prefix, 498);
        Database.get().execute("""
                update QH_API_TOKEN set NAME = concat('token ', substr(PREFIX, 4))
                where NAME = 'token 499' and PREFIX like '%s%%' and PREFIX <> '%s'""".formatted(prefix.substring(0, 3), prefix));
    }

    private static long pages(List<String> calls) {
        return calls.stream().filter(call -> call.contains("/api-tokens?")).count();
    }
}
