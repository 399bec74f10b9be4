package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A token that is pasted into a text field is reduced to its prefix, whatever text surrounds it. After each test, the
 * browser's requests and storage are checked as well.
 */
@Tag("browser")
@BrowserTest
class PastedTokensIT {
    private static final String PREFIX = "qh_ab12cd";
    private static final String TOKEN = PREFIX + "_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij";

    @Test
    void theSearchOfAnOwnerKeepsOnlyThePrefix(Chromium chromium) {
        String user = People.newUser();
        String token = Realm.QA_HUB
                .newToken(Realm.QA_HUB.signIn(user), "pasted")
                .path("token")
                .asText();
        Page page = chromium.newPage();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        tokens.search().fill("curl -H \"Authorization: Bearer " + token + "\"");
        assertThat(tokens.search()).hasValue(token.substring(0, PREFIX.length()));
        assertThat(tokens.row("pasted")).isVisible();
    }

    @Test
    void aNameWithATokenIsRefusedImmediately(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        assertIsReduced(form.networks().input(), "10.0.0.0/8\n" + TOKEN);
        form.networks().input().fill("");
        form.name().fill("QA_HUB_TOKEN=" + TOKEN);
        assertThat(page.getByText("The name must not contain an API token.")).isVisible();
        form.submit();
        assertThat(form.name()).isFocused();
        form.create("without it").close();
    }

    @Test
    void everyTextFieldOfAnAdminKeepsOnlyThePrefix(Chromium chromium) {
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(page, AdminConsole.TOKENS).tokens();
        assertIsReduced(tokens.search(), "QA_HUB_TOKEN=" + TOKEN);
        assertIsReduced(tokens.user(), "'" + TOKEN + "'");
        page.locator("#create-api-token").click();
        assertIsReduced(page.locator("#api-token-client"), "{\"token\":\"" + TOKEN + "\"}");
        tokens.press("Cancel");
        tokens.openTab("scopes");
        assertIsReduced(tokens.search(), "10:00:01 WARN rejected " + TOKEN + ": expired");
        tokens.openTab("policy");
        assertIsReduced(tokens.policyField("idleDays"), "Bearer " + TOKEN);
        assertIsReduced(tokens.policyField("allowedNetworks"), "10.0.0.0/8 " + TOKEN);
    }

    /** The token is cut off here, because one in a URL would fail the check after the test. */
    @Test
    void aTokenInTheUrlIsRemovedFromIt(Chromium chromium) {
        String cut = TOKEN.substring(0, 20);
        Page page = chromium.newPage();
        AdminConsole.open(page, AdminConsole.TOKENS + "?search=Bearer%20" + cut);
        AdminTokensPage tokens = new AdminTokensPage(page);
        assertThat(tokens.search()).hasValue(PREFIX);
        assertThat(page).hasURL(Pattern.compile("search=" + PREFIX + "$"));

        AccountConsole console = AccountConsole.open(
                chromium.newPage(), People.newUser(), AccountConsole.TOKENS + "?name=TOKEN%3D" + cut);
        assertThat(console.tokens().form().name()).hasValue(PREFIX);
        assertEquals(console.url(AccountConsole.TOKENS), console.page().url());
    }

    private static void assertIsReduced(Locator field, String pasted) {
        field.fill(pasted);
        assertThat(field).hasValue(PREFIX);
    }
}
