package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The realm's rules are set in the page, hold at once, and no other page takes them back. */
@BrowserTest
class AdminPolicyIT {
    private static final String TAB = AdminConsole.TOKENS + "?tab=policy";
    private static Realm realm;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("policy-page");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void aRuleIsSetAndHoldsAndSurvivesKeycloaksRealmSettings(Chromium chromium) {
        Page page = chromium.newPage();
        saveLongestLifetime(page, "7");
        AdminConsole console = new AdminConsole(page, realm.server(), "master", realm.name());
        console.openStock("realm-settings", "QA Hub");
        page.getByTestId("displayName").fill("QA Hub renamed");
        page.getByTestId("realmSettingsGeneralTab-save").click();
        assertThat(page.getByTestId("currentRealm")).hasText("QA Hub renamed");
        assertEquals("7", attribute("maxLifetimeDays"));
        assertEquals("account-console, qa-hub-cli", attribute("issuers"));
        assertEquals(400, create());

        console.openByMenu();
        console.tokens().openTab("policy");
        console.tokens().policyField("maxLifetimeDays").fill("");
        console.tokens().savePolicy();
        assertThat(page.getByText("Policy saved")).isVisible();
        assertEquals("", attribute("maxLifetimeDays"));
        assertEquals(201, create());
    }

    @Test
    void theRealmIsReadAnewEvenWhereReactHidesTheConsoles(Chromium chromium) {
        Page page = chromium.newPage();
        ReactHidden.in(page);
        saveLongestLifetime(page, "90");
        AdminConsole console = new AdminConsole(page, realm.server(), "master", realm.name());
        page.evaluate("window.notLoadedAnew = true");
        console.openStock("users", "Users");
        page.waitForFunction("() => !window.notLoadedAnew");
        assertThat(console.heading("Users")).isVisible();
    }

    @Test
    void aWrongValueIsNamedAndNotSaved(Chromium chromium) {
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        String before = attribute("idleDays");
        tokens.policyField("idleDays").fill("soon");
        assertThat(page.locator("#policy-idleDays-help")).containsText("“soon” is not a whole number from 1.");
        tokens.savePolicy();
        assertThat(tokens.policyField("idleDays")).isFocused();
        assertEquals(before, attribute("idleDays"));
        tokens.press("Revert");
        assertThat(tokens.policyField("idleDays")).hasValue(before);
    }

    @Test
    void aWrongValueThatWasSetElsewhereIsShownForWhatItDoes(Chromium chromium) {
        String attributes =
                realm.admin("GET", "", null).json().path("attributes").toString();
        String broken = attributes.substring(0, attributes.length() - 1) + ",\"apiTokens.notices\":\"maybe\"}";
        realm.admin("PUT", "", "{\"realm\":\"policy-page\",\"attributes\":" + broken + "}");
        assertEquals(403, create());
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        assertThat(page.getByText("Nobody can create a token now")).isVisible();
        assertThat(page.locator("#policy-notices-help")).containsText("“maybe” is neither");
        tokens.policyField("notices").click(new Locator.ClickOptions().setForce(true));
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved")).isVisible();
        assertEquals("false", attribute("notices"));
        assertTrue(create() != 403);
    }

    private static AdminTokensPage open(Page page) {
        AdminConsole console = AdminConsole.open(page, "master", realm.name(), "admin", TAB);
        assertThat(console.tokens().policyField("issuers")).hasValue("account-console, qa-hub-cli");
        return console.tokens();
    }

    private static void saveLongestLifetime(Page page, String days) {
        AdminTokensPage tokens = open(page);
        tokens.policyField("maxLifetimeDays").fill(days);
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved")).isVisible();
        assertEquals(days, attribute("maxLifetimeDays"));
    }

    private static String attribute(String name) {
        return realm.admin("GET", "", null)
                .json()
                .path("attributes")
                .path("apiTokens." + name)
                .asText();
    }

    private static int create() {
        return realm.create(realm.signIn("alice"), "{\"name\":\"t\",\"scopes\":[\"read\"],\"expiresAt\":null}")
                .status();
    }
}
