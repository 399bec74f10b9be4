package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tab Scopes of the admin console's page, and scopes in the list and in the form for service accounts. */
@Tag("browser")
@BrowserTest
class AdminScopesIT {
    private static final String TAB = AdminConsole.TOKENS + "?tab=scopes";
    private static Realm realm;
    private static ClientScopes scopes;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("admin-scopes");
        scopes = new ClientScopes(realm);
        scopes.newResourceServer("cases-api");
        scopes.newRole("case-editor");
        realm.admin("POST", "/clients", "{\"clientId\":\"exporter\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void aClientScopeIsMadeGrantableAndWithdrawn(Chromium chromium) {
        String id = scopes.create("plans:read", "\"consent.screen.text\":\"View plans\"");
        scopes.assign("cases-api", id, "default");
        scopes.requireRole(id, "case-editor");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        Locator row = tokens.scopeRow("plans:read");
        assertThat(row).containsText("View plans");
        assertThat(row.locator("[data-label=Roles]")).hasText("case-editor");
        assertThat(row.locator("[data-label='Resource servers']")).hasText("cases-api");
        assertThat(row.locator("[data-label=Tokens]")).hasText("0");
        Accessibility.assertNoViolation(page, "scopes");
        LanguagesIT.assertNoKeys(page);
        tokens.switchOf("plans:read").setChecked(true, force());
        assertThat(page.getByText("plans:read is now grantable")).isVisible();
        assertEquals("true", attribute(id, "apiTokens.grantable"));

        tokens.switchOf("plans:read").setChecked(false, force());
        assertThat(page.getByText("plans:read is no longer grantable")).isVisible();
        assertThat(tokens.switchOf("plans:read")).not().isChecked();
        row.locator("a").first().click();
        assertThat(page).hasURL(Pattern.compile("client-scopes/" + id + "/settings$"));
        assertThat(page.locator("#kc-name, [name=name]").first()).hasValue("plans:read");
    }

    @Test
    void aScopeThatTokensHaveIsWithdrawnOnlyAfterConfirmation(Chromium chromium) {
        String id = scopes.newGrantable("notes:read");
        scopes.assign("cases-api", id, "default");
        newToken("keeps notes", "notes:read");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        tokens.switchOf("notes:read").click(new Locator.ClickOptions().setForce(true));
        assertThat(tokens.dialog()).containsText("1 token has this scope.");
        Accessibility.assertNoViolation(page, "withdrawal");
        tokens.press("Cancel");
        assertThat(tokens.switchOf("notes:read")).isChecked();
        assertEquals("true", attribute(id, "apiTokens.grantable"));
        tokens.switchOf("notes:read").click(new Locator.ClickOptions().setForce(true));
        page.locator("#confirm-withdraw").click();
        assertThat(tokens.switchOf("notes:read")).not().isChecked();

        tokens.scopeRow("notes:read").locator("[data-label=Tokens] a").click();
        assertThat(tokens.rows()).hasCount(1);
        assertThat(tokens.row("keeps notes").locator("[data-label=Scopes]")).hasText("notes:read (not grantable)");
        assertThat(page.locator("#api-tokens-scope")).hasText("notes:read");
        tokens.press("keeps notes");
        assertThat(tokens.dialog()).containsText("notes:read (not grantable)");
        Accessibility.assertNoViolation(page, "details of a token with an inactive scope");
    }

    @Test
    void methodsAtGatewaysAreChanged(Chromium chromium) {
        String id = scopes.newGrantable("files:read");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        assertThat(tokens.scopeRow("files:read").locator("[data-label='Methods at gateways']"))
                .hasText("None");
        tokens.choose(tokens.scopeRow("files:read"), "Change methods at gateways");
        Accessibility.assertNoViolation(page, "methods");
        LanguagesIT.assertNoKeys(page);
        page.locator("#scope-method-HEAD").check();
        page.locator("#scope-method-GET").check();
        page.locator("#save-methods").click();
        assertThat(tokens.scopeRow("files:read").locator("[data-label='Methods at gateways']"))
                .hasText("GET, HEAD");
        assertEquals("GET HEAD", attribute(id, "apiTokens.methods"));
    }

    @Test
    void allTokensWithAScopeAreRevokedAfterTheirNumberIsTyped(Chromium chromium) {
        scopes.assign("cases-api", scopes.newGrantable("leaks:read"), "default");
        String first = newToken("leaky", "leaks:read");
        String second = newToken("leaky too", "read", "leaks:read");
        String other = newToken("not leaky", "read");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        assertThat(tokens.scopeRow("leaks:read").locator("[data-label=Tokens]")).hasText("2");
        tokens.choose(tokens.scopeRow("leaks:read"), "Revoke all tokens with this scope");
        assertThat(tokens.dialog()).containsText("Revoke 2 API tokens?");
        assertThat(tokens.dialog()).containsText("All tokens with the scope leaks:read");
        assertThat(tokens.confirmButton()).isDisabled();
        Accessibility.assertNoViolation(page, "revocation of a scope's tokens");
        page.locator("#revoke-number").fill("2");
        tokens.confirm();
        assertThat(tokens.scopeRow("leaks:read").locator("[data-label=Tokens]")).hasText("0");
        assertFalse(realm.isActive(first));
        assertFalse(realm.isActive(second));
        assertTrue(realm.isActive(other));
    }

    @Test
    void anAdminWithoutManageClientsCannotChangeScopes(Chromium chromium) {
        scopes.newGrantable("seen:read");
        realm.admin("POST", "/users", People.json("viewer", "en"));
        People.grant(realm, "viewer", "view-users", "view-clients");
        Page page = chromium.newPage();
        AdminTokensPage tokens =
                AdminConsole.openOwn(page, realm.name(), "viewer", TAB).tokens();
        assertThat(tokens.switchOf("seen:read")).isChecked();
        assertThat(tokens.switchOf("seen:read")).isDisabled();
        assertThat(tokens.scopeRow("seen:read").locator("button")).hasCount(0);
    }

    @Test
    void theFormForAServiceAccountOffersTheScopesThatItMayHave(Chromium chromium) {
        scopes.assign("cases-api", scopes.newGrantable("exports:write"), "default");
        String gated = scopes.newGrantable("exports:all");
        scopes.requireRole(gated, "case-editor");
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(page, "master", realm.name(), "admin", AdminConsole.TOKENS)
                .tokens();
        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        assertThat(form.scopes()).hasCount(2);
        page.locator("#api-token-client").fill("exporter");
        form.scope("exports:write").check();
        assertThat(form.scope("exports:all")).hasCount(0);
        assertThat(form.organization()).hasCount(0);
        form.create("export").close();
        assertThat(tokens.row("export").locator("[data-label=Scopes]")).hasText("exports:write");
    }

    @Test
    void aRealmThatDefinesNothingHasTheFiltersAndColumnsAsBefore(Chromium chromium) {
        Realm plain = Realm.fresh("admin-no-scopes");
        plain.newToken(plain.signIn("alice"), "plain");
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(page, "master", plain.name(), "admin", AdminConsole.TOKENS)
                .tokens();
        assertThat(tokens.rows()).hasCount(1);
        assertThat(page.locator("#api-tokens-organization")).hasCount(0);
        assertThat(page.locator("qh-api-tokens th[scope=col]")).hasCount(9);
        page.locator("#api-tokens-scope").click();
        assertEquals(
                List.of("Any scope", "read", "write"),
                page.locator("[role=option]").allTextContents());
        plain.delete();
    }

    private static AdminTokensPage open(Page page) {
        AdminTokensPage tokens =
                AdminConsole.open(page, "master", realm.name(), "admin", TAB).tokens();
        assertThat(tokens.nameRow("read")).containsText("Built-in");
        return tokens;
    }

    private static Locator.SetCheckedOptions force() {
        return new Locator.SetCheckedOptions().setForce(true);
    }

    private static String newToken(String name, String... scopes) {
        String json = "{\"name\":\"%s\",\"scopes\":[\"%s\"],\"expiresAt\":null}"
                .formatted(name, String.join("\",\"", scopes));
        return realm.create(realm.signIn("alice"), json).json().path("token").asText();
    }

    private static String attribute(String id, String name) {
        return realm.admin("GET", "/client-scopes/" + id, null)
                .json()
                .path("attributes")
                .path(name)
                .asText();
    }
}
