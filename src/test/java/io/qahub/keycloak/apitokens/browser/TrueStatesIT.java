package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both pages say what is the case: what users may do, why not, and what others have changed. */
@Tag("browser")
@BrowserTest
class TrueStatesIT {
    private static final String OFF = "API tokens cannot be created, rotated or edited at the moment";
    private static Realm realm;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("true-states");
        realm.admin("POST", "/clients", "{\"clientId\":\"exporter\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @ParameterizedTest
    @CsvSource({
        "en,,You are not allowed to manage API tokens,This requires the manage-account role",
        "en,view-profile,You are not allowed to manage API tokens,This requires the manage-account role",
        "de,,Sie dürfen keine API-Tokens verwalten,Dafür ist die Rolle manage-account"
    })
    void aUserWithoutTheRoleIsToldOnce(
            String language, @Nullable String role, String title, String reason, Chromium chromium) {
        String user = "barred-" + language + (role == null ? "" : "-" + role);
        realm.admin("POST", "/users", People.json(user, language));
        String roles = realm.admin("GET", "/users/" + realm.userId(user) + "/role-mappings/realm", null)
                .text();
        realm.admin("DELETE", "/users/" + realm.userId(user) + "/role-mappings/realm", roles);
        if (role != null) {
            People.grantOf("account", realm, user, role);
        }
        Page page = chromium.newPage();
        AccountConsole console =
                AccountConsole.open(page, realm.server(), realm.name(), user, AccountConsole.TOKENS + "?name=ci");
        TokensPage tokens = console.tokens();
        assertThat(page.getByText(title)).hasCount(1);
        assertThat(page.getByText(reason)).hasCount(1);
        assertThat(tokens.heading()).isVisible();
        assertThat(tokens.createButton()).hasCount(0);
        assertThat(tokens.dialog()).hasCount(0);
        assertThat(page.locator("main .pf-v5-c-alert")).hasCount(1);
        LanguagesIT.assertNoKeys(page);
    }

    @Test
    void aLinkToTheFormIsNotFollowedWhileNoTokenCanBeCreated(Chromium chromium) {
        policy("\"apiTokens.allowedClients\":\"qa-hub-cli\"");
        String user = "linked";
        realm.newUser(user);
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(
                page, realm.server(), realm.name(), user, AccountConsole.TOKENS + "?name=ci&scopes=read");
        assertThat(page.getByText(OFF)).isVisible();
        assertThat(page.getByText("This realm does not allow the account console to create tokens."))
                .isVisible();
        assertThat(page.getByText("An administrator with the manage-realm role"))
                .isVisible();
        assertThat(console.tokens().dialog()).hasCount(0);
        assertThat(page).hasURL(console.url(AccountConsole.TOKENS));
        policy("");
    }

    @Test
    void thePageOfTheRealmAboutTokensIsLinked(Chromium chromium) {
        String user = "reader";
        realm.newUser(user);
        Page page = chromium.newPage();
        AccountConsole.open(page, realm.server(), realm.name(), user, AccountConsole.TOKENS);
        assertThat(page.getByText("No API tokens yet")).isVisible();
        assertThat(page.locator("#api-tokens-help")).hasCount(0);
        policy("\"apiTokens.helpUrl\":\"https://example.com/help?about=tokens\"");
        page.reload();
        Locator link = page.locator("#api-tokens-help");
        assertThat(link).hasText("Learn more about API tokens (opens in a new tab)");
        assertThat(link).hasAttribute("href", "https://example.com/help?about=tokens");
        assertThat(link).hasAttribute("target", "_blank");
        Accessibility.assertNoViolation(page, "help");
        policy("");
    }

    @Test
    void theFormOfAnAdminSaysWhyNoTokenCanBeCreated(Chromium chromium) {
        policy("\"apiTokens.idleDays\":\"0\"");
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(page, "master", realm.name(), "admin", AdminConsole.TOKENS)
                .tokens();
        page.locator("#create-api-token").click();
        assertThat(page.locator("#creation-off")).containsText("apiTokens.idleDays must be");
        assertThat(page.locator("#creation-off")).containsText("Correct the policy, then create the token.");
        assertThat(page.locator("#create-api-token-form")).hasCount(0);
        Accessibility.assertNoViolation(page, "creation is off");
        page.locator("#open-policy").click();
        assertThat(tokens.policyField("idleDays")).hasValue("0");
        policy("");
    }

    @Test
    void aTokenThatWasRevokedElsewhereDisappearsFromTheList(Chromium chromium) {
        policy("\"apiTokens.allowedClients\":\"account-console qa-hub-cli\"");
        String user = "elsewhere";
        realm.newUser(user);
        String bearer = realm.signIn(user);
        JsonNode token = realm.newToken(bearer, "gone");
        realm.newToken(bearer, "stays");
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, realm.server(), realm.name(), user, AccountConsole.TOKENS)
                .tokens();
        RotateForm rotation = tokens.startRotation("gone");
        realm.revoke(bearer, token.path("id").asText());
        rotation.submit();
        assertThat(tokens.dialog().locator(".pf-v5-c-alert")).isVisible();
        assertThat(tokens.row("gone")).hasCount(0);
        assertThat(tokens.row("stays")).hasCount(1);
        policy("");
    }

    @Test
    void aRevocationOfNothingIsNotOffered(Chromium chromium) {
        policy("\"apiTokens.allowedClients\":\"account-console qa-hub-cli\"");
        String user = "nothing-left";
        realm.newUser(user);
        String bearer = realm.signIn(user);
        realm.revoke(bearer, realm.newToken(bearer, "gone").path("id").asText());
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(
                        page, "master", realm.name(), "admin", AdminConsole.TOKENS + "?status=all&user=" + user)
                .tokens();
        tokens.choose(tokens.row("gone"), "Revoke all tokens of " + user);
        assertThat(tokens.dialog()).containsText("No API tokens to revoke");
        assertThat(tokens.confirmButton()).hasCount(0);
        Accessibility.assertNoViolation(page, "nothing to revoke");
        page.locator(".pf-v5-c-modal-box__footer button").click();
        assertThat(tokens.dialog()).hasCount(0);
        assertThat(page.locator(".qh-toasts .pf-v5-c-alert")).hasCount(0);
        policy("");
    }

    /** The responses say that the tokens were created earlier than they were. */
    @Test
    void bothPagesShowTheSameTokensAsExpiringSoon(Chromium chromium) {
        policy("\"apiTokens.allowedClients\":\"account-console qa-hub-cli\"");
        String user = "ending";
        realm.newUser(user);
        String bearer = realm.signIn(user);
        expiring(bearer, "in a week", Duration.ofDays(7).minusMinutes(1));
        expiring(bearer, "later", Duration.ofDays(7).plusHours(1));
        Page page = chromium.newPage();
        TokensPage own = AccountConsole.open(page, realm.server(), realm.name(), user, AccountConsole.TOKENS)
                .tokens();
        assertThat(own.row("in a week").locator("[data-label=Status]")).hasText("Active");
        Intercepted.createdEarlier(page);
        page.reload();
        assertThat(own.row("in a week").locator("[data-label=Status]")).hasText("Expires soon");
        assertThat(own.row("later").locator("[data-label=Status]")).hasText("Active");

        Page admins = chromium.newPage();
        Intercepted.createdEarlier(admins);
        AdminTokensPage all = AdminConsole.open(
                        admins, "master", realm.name(), "admin", AdminConsole.TOKENS + "?user=" + user)
                .tokens();
        assertThat(all.row("in a week").locator("[data-label=Status]")).hasText("Expires soon");
        assertThat(all.row("later").locator("[data-label=Status]")).hasText("Active");
        all.press("in a week");
        assertThat(all.dialog()).containsText("Expires soon");
        policy("");
    }

    private static void expiring(String bearer, String name, Duration in) {
        String json = "{\"name\":\"%s\",\"scopes\":[\"read\"],\"expiresAt\":\"%s\"}";
        assertEquals(
                201,
                realm.create(bearer, json.formatted(name, Instant.now().plus(in)))
                        .status());
    }

    private static void policy(String attributes) {
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"realm\":\"true-states\",\"attributes\":{" + attributes + "}}")
                        .status());
    }
}
