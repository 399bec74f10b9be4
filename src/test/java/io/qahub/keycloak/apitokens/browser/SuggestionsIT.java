package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suggestions of usernames and clients, with the keyboard and the mouse. */
@Tag("browser")
@BrowserTest
class SuggestionsIT {
    private static Realm realm;

    @BeforeAll
    static void makeUsersAndClients() {
        realm = Realm.fresh("suggestions");
        for (String user : List.of("kim", "kimberly")) {
            realm.newUser(user);
            realm.newToken(realm.signIn(user), "of " + user);
        }
        for (String client : List.of("nightly-build", "nightly-export")) {
            realm.admin(
                    "POST",
                    "/clients",
                    "{\"clientId\":\"" + client + "\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
        }
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void aUsernameIsChosenWithTheKeyboard(Chromium chromium) {
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        assertThat(tokens.user()).hasAttribute("aria-expanded", "false");
        tokens.user().pressSequentially("ki");
        assertThat(options(page)).hasText(new String[] {"kim", "kimberly"});
        assertThat(tokens.user()).hasAttribute("aria-expanded", "true");
        for (String active : new String[] {"kim", "kimberly", "kim"}) {
            page.keyboard().press("ArrowDown");
            assertThat(active(page, tokens.user())).hasText(active);
        }
        page.keyboard().press("ArrowUp");
        assertThat(active(page, tokens.user())).hasText("kimberly");
        assertThat(tokens.user()).isFocused();
        page.keyboard().press("Enter");
        assertThat(tokens.user()).hasValue("kimberly");
        assertThat(options(page)).hasCount(0);
        assertThat(tokens.user()).isFocused();
        assertThat(tokens.rows()).hasCount(1);
        assertThat(tokens.row("of kimberly")).isVisible();
        assertThat(page).hasURL(Pattern.compile("\\?user=kimberly$"));
    }

    @Test
    void escapeClosesTheSuggestionsAndKeepsTheText(Chromium chromium) {
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        tokens.user().pressSequentially("ki");
        assertThat(options(page)).hasCount(2);
        page.keyboard().press("Escape");
        assertThat(options(page)).hasCount(0);
        assertThat(tokens.user()).hasValue("ki");
        page.keyboard().press("ArrowUp");
        assertThat(options(page)).hasCount(2);
        assertThat(tokens.user()).not().hasAttribute("aria-activedescendant", Pattern.compile(".*"));
        page.keyboard().press("ArrowUp");
        assertThat(active(page, tokens.user())).hasText("kimberly");
        page.keyboard().press("Tab");
        assertThat(options(page)).hasCount(0);
        assertThat(tokens.user()).not().isFocused();
        assertThat(page).hasURL(Pattern.compile("\\?user=ki$"));
    }

    @Test
    void aUsernameIsChosenWithTheMouseAndOnlyThatIsSearched(Chromium chromium) {
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        List<String> searched = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/api-tokens?") && request.url().contains("user=")) {
                searched.add(request.url());
            }
        });
        tokens.user().pressSequentially("ki");
        options(page).nth(1).click();
        assertThat(tokens.user()).hasValue("kimberly");
        assertThat(tokens.rows()).hasCount(1);
        assertEquals(1, searched.size(), searched.toString());
        tokens.user().fill("");
        assertThat(tokens.rows()).hasCount(2);
        tokens.user().pressSequentially("kim");
        assertThat(options(page)).hasCount(2);
        page.locator("#api-tokens-heading").click();
        assertThat(options(page)).hasCount(0);
        assertThat(tokens.row("of kim")).isVisible();
        assertThat(tokens.rows()).hasCount(1);
    }

    @Test
    void escapeClosesTheSuggestionsBeforeTheDialogAndEnterDoesNotSubmitTheForm(Chromium chromium) {
        Page page = chromium.newPage();
        open(page);
        page.locator("#create-api-token").click();
        Locator client = page.locator("#api-token-client");
        assertThat(client).isFocused();
        client.pressSequentially("nightly");
        assertThat(options(page)).hasCount(2);
        page.keyboard().press("Escape");
        assertThat(options(page)).hasCount(0);
        assertThat(client).isFocused();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(active(page, client)).hasText("nightly-build");
        page.keyboard().press("Enter");
        assertThat(client).hasValue("nightly-build");
        assertThat(options(page)).hasCount(0);
        assertThat(page.locator("[role=dialog] [aria-invalid=true]")).hasCount(0);
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void openSuggestionsAreAccessibleAndFit(ColorScheme theme, Chromium chromium) {
        Page page = chromium.newPage(new Browser.NewContextOptions().setColorScheme(theme));
        AdminTokensPage tokens = open(page);
        tokens.user().pressSequentially("ki");
        assertOpen(page, "usernames");
        tokens.user().fill("");
        page.locator("#create-api-token").click();
        page.locator("#api-token-client").pressSequentially("nightly");
        assertOpen(page, "clients");
        page.keyboard().press("Escape");
        page.keyboard().press("Escape");
        tokens.openTab("policy");
        tokens.policyField("allowedClients").fill("account-console nightly");
        assertOpen(page, "allowed clients");
    }

    private static void assertOpen(Page page, String state) {
        assertThat(options(page)).hasCount(2);
        page.keyboard().press("ArrowDown");
        Accessibility.assertNoViolation(page, state);
        Layout.assertFitsAtEveryWidth(page, state);
        page.setViewportSize(1280, 800);
    }

    private static AdminTokensPage open(Page page) {
        return AdminConsole.open(page, "master", realm.name(), "admin", AdminConsole.TOKENS)
                .tokens();
    }

    private static Locator options(Page page) {
        return page.getByRole(AriaRole.OPTION);
    }

    /** The option that a screen reader announces while the field keeps the focus. */
    private static Locator active(Page page, Locator field) {
        assertThat(page.locator(".pf-v5-c-menu__list-item.pf-m-focus")).hasCount(1);
        return page.locator("#" + field.getAttribute("aria-activedescendant"));
    }
}
