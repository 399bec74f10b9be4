package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A policy that is set on the page takes effect immediately, and no other page reverts it. */
@Tag("browser")
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
    void aRuleTakesEffectAndIsKeptWhenRealmSettingsAreSaved(Chromium chromium) {
        Page page = chromium.newPage();
        saveLongestLifetime(page, "7");
        AdminConsole console = new AdminConsole(page, realm.server(), "master", realm.name());
        console.stockEntry("realm-settings").click();
        page.getByTestId("displayName").fill("QA Hub renamed");
        page.getByTestId("realmSettingsGeneralTab-save").click();
        assertThat(page.getByTestId("currentRealm")).hasText("QA Hub renamed");
        assertEquals("7", attribute("maxLifetimeDays"));
        assertEquals("account-console, qa-hub-cli", attribute("allowedClients"));
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
    void theRealmIsReloadedWithoutAccessToTheConsolesReactProperties(Chromium chromium) {
        Page page = chromium.newPage();
        ReactHidden.in(page);
        saveLongestLifetime(page, "90");
        AdminConsole console = new AdminConsole(page, realm.server(), "master", realm.name());
        page.evaluate("window.notLoadedAnew = true");
        console.openStock("users", "Users");
        page.waitForFunction("() => !window.notLoadedAnew");
        assertThat(console.heading("Users")).isVisible();
    }

    /** As Terraform's resource "keycloak_realm" does if the attributes are not in its configuration. */
    @Test
    void theLossOfAllRulesIsVisibleOnThePageAndInTheAdminEvent(Chromium chromium) {
        setAllowedClients();
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        assertThat(page.getByText("No rule is set")).isHidden();

        realm.admin("PUT", "", "{\"realm\":\"policy-page\",\"attributes\":{\"acr.loa.map\":\"{}\"}}");
        page.reload();
        assertThat(page.getByText("No rule is set, so the default values apply"))
                .isVisible();
        assertThat(tokens.policyField("allowedClients")).hasValue("");
        JsonNode event = realm.admin("GET", "/admin-events?operationTypes=UPDATE&resourceTypes=REALM&max=1", null)
                .json()
                .path(0);
        assertTrue(event.path("representation").asText().contains("acr.loa.map"), event.toString());
        assertFalse(event.path("representation").asText().contains("apiTokens."), event.toString());
        assertFalse(event.at("/authDetails/userId").asText().isEmpty(), event.toString());

        tokens.policyField("allowedClients").fill("account-console, qa-hub-cli");
        tokens.savePolicy();
        assertThat(page.getByText("No rule is set")).isHidden();
        assertEquals("account-console, qa-hub-cli", attribute("allowedClients"));
    }

    @Test
    void anInvalidValueIsReportedAndNotSaved(Chromium chromium) {
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        String before = attribute("idleDays");
        tokens.policyField("idleDays").fill("soon");
        assertThat(page.locator("#policy-idleDays-help"))
                .containsText("Enter a whole number from 1 to 100,000,000, or leave the field empty.");
        tokens.savePolicy();
        assertThat(tokens.policyField("idleDays")).isFocused();
        assertEquals(before, attribute("idleDays"));
        tokens.press("Revert");
        assertThat(tokens.policyField("idleDays")).hasValue(before);
    }

    @Test
    void clientsAreSuggestedAndOneThatDoesNotExistIsRefused(Chromium chromium) {
        setAllowedClients();
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        tokens.policyField("allowedClients").fill("account-console, qa-hub-cli admin-cl");
        assertThat(page.locator("#policy-allowedClients-suggestions [role=option]"))
                .hasText("admin-cli");
        tokens.savePolicy();
        assertThat(page.locator("#policy-allowedClients-help")).hasText("Client IDs not found in this realm: admin-cl");
        assertThat(tokens.policyField("allowedClients")).isFocused();
        assertEquals("account-console, qa-hub-cli", attribute("allowedClients"));
        tokens.policyField("allowedClients").press("ArrowDown");
        tokens.policyField("allowedClients").press("ArrowDown");
        tokens.policyField("allowedClients").press("Enter");
        assertThat(tokens.policyField("allowedClients")).hasValue("account-console, qa-hub-cli admin-cli");
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved")).isVisible();
        assertEquals("account-console, qa-hub-cli admin-cli", attribute("allowedClients"));
        setAllowedClients();
    }

    @Test
    void valuesThatCannotHaveBeenMeantAreRefused(Chromium chromium) {
        setAllowedClients();
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        tokens.policyField("maxLifetimeDays").fill("30");
        tokens.policyField("defaultLifetimeDays").fill("31");
        tokens.policyField("reauthenticateSeconds").fill("59");
        tokens.savePolicy();
        assertThat(page.locator("#policy-defaultLifetimeDays-help"))
                .hasText("The default lifetime must not be longer than the maximum lifetime (in days: 31 and 30)."
                        + " Otherwise, no token can be created.");
        assertThat(page.locator("#policy-reauthenticateSeconds-help"))
                .containsText("Enter 0 or a whole number from 60 to 100,000,000");
        assertThat(tokens.policyField("defaultLifetimeDays")).isFocused();
        assertEquals("", attribute("maxLifetimeDays"));
        tokens.policyField("defaultLifetimeDays").fill("30");
        tokens.policyField("reauthenticateSeconds").fill("60");
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved")).isVisible();
        assertEquals("60", attribute("reauthenticateSeconds"));
        setAllowedClients();
    }

    @Test
    void aMaximumBelowTheDefaultIsRefusedWhereItWasEntered(Chromium chromium) {
        setRules(",\"apiTokens.defaultLifetimeDays\":\"30\"");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        tokens.policyField("maxLifetimeDays").fill("29");
        tokens.savePolicy();
        assertThat(page.locator("#policy-maxLifetimeDays-help"))
                .containsText(
                        "The default lifetime must not be longer than the maximum lifetime (in days: 30 and 29).");
        assertThat(tokens.policyField("maxLifetimeDays")).isFocused();
        assertEquals("", attribute("maxLifetimeDays"));
        Accessibility.assertNoViolation(page, "lifetimes that contradict each other");
        Layout.assertFitsAtEveryWidth(page, "lifetimes that contradict each other");

        setRules(",\"apiTokens.defaultLifetimeDays\":\"30\",\"apiTokens.maxLifetimeDays\":\"7\"");
        page.reload();
        assertThat(page.getByText("No tokens can be created at the moment")).isVisible();
        assertThat(page.locator("#policy-defaultLifetimeDays-help")).containsText("(in days: 30 and 7)");
        setAllowedClients();
    }

    @Test
    void unsavedValuesSurviveAChangeOfTabAndAReloadIsConfirmed(Chromium chromium) {
        setAllowedClients();
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        tokens.policyField("idleDays").fill("77");
        tokens.openTab("scopes");
        assertThat(tokens.nameRow("read")).isVisible();
        List<String> asked = new ArrayList<>();
        page.onceDialog(dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
        });
        page.evaluate("() => setTimeout(() => location.reload())");
        page.waitForCondition(() -> asked.equals(List.of("beforeunload")));
        tokens.openTab("policy");
        assertThat(tokens.policyField("idleDays")).hasValue("77");
        tokens.press("Revert");
        assertThat(tokens.policyField("idleDays")).hasValue("");
        tokens.policyField("idleDays").fill("78");
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved")).isVisible();
        assertThat(page.locator("#save-policy")).isDisabled();
        page.reload();
        assertThat(tokens.policyField("idleDays")).hasValue("78");
        assertEquals(1, asked.size(), "the browser asked although the policy was saved");
        setAllowedClients();
    }

    @Test
    void anInvalidValueThatWasSetElsewhereIsShownWithItsEffect(Chromium chromium) {
        String attributes =
                realm.admin("GET", "", null).json().path("attributes").toString();
        String broken = attributes.substring(0, attributes.length() - 1) + ",\"apiTokens.notices\":\"maybe\"}";
        realm.admin("PUT", "", "{\"realm\":\"policy-page\",\"attributes\":" + broken + "}");
        assertEquals(403, create());
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        assertThat(page.getByText("No tokens can be created at the moment")).isVisible();
        assertThat(page.locator("#policy-notices-help")).containsText("“maybe” is neither");
        tokens.policyField("notices").click(new Locator.ClickOptions().setForce(true));
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved")).isVisible();
        assertEquals("false", attribute("notices"));
        assertTrue(create() != 403);
    }

    @Test
    void existingTokensAreShortenedOnlyAfterConfirmation(Chromium chromium) {
        setAllowedClients();
        String bearer = realm.signIn("bob");
        realm.newToken(bearer, "endless");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        assertThat(page.locator("#tokens-living-longer")).isHidden();
        tokens.policyField("maxLifetimeDays").fill("14");
        tokens.savePolicy();
        assertThat(page.locator("#tokens-living-longer"))
                .containsText(Pattern.compile("never expires?, or expires? later than"));
        assertTrue(expiryOf(bearer, "endless").isNull(), "saving the policy does not shorten tokens");
        Accessibility.assertNoViolation(page, "tokens with a longer lifetime");
        page.locator("#shorten-tokens").click();
        Accessibility.assertNoViolation(page, "shortening");
        LanguagesIT.assertNoKeys(page);
        assertThat(page.locator("#shorten-consequence")).containsText("counts from now");
        tokens.press("Cancel");
        assertTrue(expiryOf(bearer, "endless").isNull());
        page.locator("#shorten-tokens").click();
        page.locator("#confirm-shorten").click();
        assertThat(page.getByText("shortened", new Page.GetByTextOptions().setExact(false))
                        .last())
                .isVisible();
        assertThat(page.locator("#tokens-living-longer")).isHidden();
        assertFalse(expiryOf(bearer, "endless").isNull());
        tokens.policyField("maxLifetimeDays").fill("");
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved").last()).isVisible();
    }

    @Test
    void concurrentChangesOfOtherAdminsAreKept(Chromium chromium) {
        setAllowedClients();
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        realm.admin(
                "PUT",
                "",
                "{\"realm\":\"policy-page\",\"attributes\":"
                        + "{\"apiTokens.allowedClients\":\"account-console, qa-hub-cli\",\"apiTokens.idleDays\":\"33\"}}");
        tokens.policyField("maxLifetimeDays").fill("12");
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved")).isVisible();
        assertEquals("12", attribute("maxLifetimeDays"));
        assertEquals("33", attribute("idleDays"));
        assertThat(tokens.policyField("idleDays")).hasValue("33");
        setAllowedClients();
    }

    private static JsonNode expiryOf(String bearer, String name) {
        return realm.list(bearer, "?search=" + name).json().path(0).path("expiresAt");
    }

    private static void setAllowedClients() {
        setRules("");
    }

    /** Replaces all attributes of the realm: with the allowed clients and these. */
    private static void setRules(String more) {
        realm.admin("PUT", "", """
                {"realm":"policy-page","attributes":{"apiTokens.allowedClients":"account-console, qa-hub-cli"%s}}""".formatted(more));
    }

    @Test
    void thePageAndTheServerHaveTheSameLimitsForEachRule(Chromium chromium) {
        setAllowedClients();
        AdminTokensPage tokens = open(chromium.newPage());
        assertLeast(tokens, "1", "maxLifetimeDays", "0", "1.5", "-1");
        assertLeast(tokens, "1", "defaultLifetimeDays", "0");
        assertLeast(tokens, "1", "idleDays", "0");
        assertLeast(tokens, "0", "reauthenticateSeconds", "-1", "x");
        assertLeast(tokens, "0", "keepInactiveDays", "-1");
        setAllowedClients();
    }

    private static void assertLeast(AdminTokensPage tokens, String least, String rule, String... wrong) {
        String problem = "Enter a whole number from " + least + " to 100,000,000, or leave the field empty.";
        Locator help = tokens.page().locator("#policy-" + rule + "-help");
        for (String value : wrong) {
            tokens.policyField(rule).fill(value);
            tokens.savePolicy();
            assertThat(help).containsText(problem);
            assertEquals("", attribute(rule), value);
            tokens.press("Revert");
            assertThat(help).not().containsText(problem);
        }
        save(tokens, rule, least);
        assertEquals(
                200, realm.list(realm.signIn("alice"), "/policy").status(), "the server accepts what the page accepts");
    }

    @Test
    void thePageAndTheServerAcceptTheSameHelpPages(Chromium chromium) {
        Map<String, String> rightByWrong = Map.of(
                "wiki.example.com", "https://wiki.example.com/a?b#c",
                "https://a@example.com/", "http://localhost:8080",
                "https://example.com/%", "HTTPS://10.0.0.1/%20");
        for (String wrong : rightByWrong.keySet()) {
            setRules(",\"apiTokens.helpUrl\":\"" + wrong + "\"");
            assertEquals(403, realm.list(realm.signIn("alice"), "/policy").status(), wrong);
        }
        setAllowedClients();
        AdminTokensPage tokens = open(chromium.newPage());
        rightByWrong.forEach((wrong, right) -> {
            tokens.policyField("helpUrl").fill(wrong);
            tokens.savePolicy();
            assertThat(tokens.page().locator("#policy-helpUrl-help")).containsText("Enter a complete address");
            save(tokens, "helpUrl", right);
            JsonNode policy = realm.list(realm.signIn("alice"), "/policy").json();
            assertEquals(right, policy.path("helpUrl").asText());
        });
        setAllowedClients();
    }

    private static void save(AdminTokensPage tokens, String rule, String value) {
        tokens.policyField(rule).fill(value);
        tokens.savePolicy();
        assertThat(tokens.page().getByText("Policy saved").last()).isVisible();
        // Notices of earlier changes may still be visible.
        tokens.page().waitForCondition(() -> attribute(rule).equals(value));
        // The form is rendered again; before that, a new value could be lost.
        assertThat(tokens.policyField(rule)).isEnabled();
        assertThat(tokens.page().locator("#save-policy")).isDisabled();
    }

    private static AdminTokensPage open(Page page) {
        AdminConsole console = AdminConsole.open(page, "master", realm.name(), "admin", TAB);
        assertThat(console.tokens().policyField("allowedClients")).hasValue("account-console, qa-hub-cli");
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
