package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.Organizations;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tab Scopes of the admin console's page, and scopes in the list and in the form for service accounts. */
@Tag("browser")
@BrowserTest
class AdminScopesIT {
    /** In one word: in other names, lines can be broken at hyphens. */
    private static final String LONG_ROLE = "testfallverantwortliche";

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
    void anAdminSwitchesClientScopesAndChangesTheirMethods(Chromium chromium) {
        String plans = scopes.create("plans:read", "\"consent.screen.text\":\"View plans\"");
        scopes.assign("cases-api", plans, "default");
        scopes.requireRole(plans, "case-editor");
        String notes = scopes.newGrantable("notes:read");
        scopes.assign("cases-api", notes, "default");
        newToken("keeps notes", "notes:read");
        String builtIn = newToken("built-in", "read");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        grant(page, tokens, plans);
        changeMethods(page, tokens, plans);
        withdraw(page, tokens, notes);
        replaceBuiltIn(tokens, builtIn);

        tokens.scopeRow("notes:read").locator("[data-label=Tokens] a").click();
        assertThat(tokens.rows()).hasCount(1);
        assertThat(cell(tokens.row("keeps notes"), "Scopes")).hasText("notes:read (not grantable)");
        assertThat(page.locator("#api-tokens-scope")).hasText("notes:read");
        tokens.press("keeps notes");
        assertThat(tokens.dialog()).containsText("notes:read (not grantable)");
        Accessibility.assertNoViolation(page, "details of a token with an inactive scope");
        page.locator("#close-details").click();
        tokens.openTab("scopes");
        tokens.scopeRow("plans:read").locator("a").first().click();
        assertThat(page).hasURL(Pattern.compile("client-scopes/" + plans + "/settings$"));
        assertThat(page.locator("#kc-name, [name=name]").first()).hasValue("plans:read");
    }

    private static void grant(Page page, AdminTokensPage tokens, String id) {
        Locator row = tokens.scopeRow("plans:read");
        assertThat(row).containsText("View plans");
        assertThat(cell(row, "Roles")).hasText("case-editor");
        assertThat(cell(row, "Resource servers")).hasText("cases-api");
        assertThat(cell(row, "Tokens")).hasText("0");
        Accessibility.assertNoViolation(page, "scopes");
        LanguagesIT.assertNoKeys(page);
        toggle(tokens, "plans:read");
        assertThat(page.getByText("plans:read is now grantable")).isVisible();
        assertEquals("true", attribute(id, "apiTokens.grantable"));
        toggle(tokens, "plans:read");
        assertThat(page.getByText("plans:read is no longer grantable")).isVisible();
        assertThat(tokens.switchOf("plans:read")).not().isChecked();
    }

    private static void changeMethods(Page page, AdminTokensPage tokens, String id) {
        toggle(tokens, "plans:read");
        Locator methods = cell(tokens.scopeRow("plans:read"), "Methods at gateways");
        assertThat(methods).hasText("None");
        tokens.choose(tokens.scopeRow("plans:read"), "Change methods at gateways");
        Accessibility.assertNoViolation(page, "methods");
        LanguagesIT.assertNoKeys(page);
        page.locator("#scope-method-HEAD").check();
        page.locator("#scope-method-GET").check();
        page.locator("#save-methods").click();
        assertThat(methods).hasText("GET, HEAD");
        assertEquals("GET HEAD", attribute(id, "apiTokens.methods"));
    }

    private static void withdraw(Page page, AdminTokensPage tokens, String id) {
        toggle(tokens, "notes:read");
        assertThat(tokens.dialog()).containsText("1 token has this scope.");
        Accessibility.assertNoViolation(page, "withdrawal");
        tokens.press("Cancel");
        assertThat(tokens.switchOf("notes:read")).isChecked();
        assertEquals("true", attribute(id, "apiTokens.grantable"));
        toggle(tokens, "notes:read");
        tokens.press("Turn off");
        assertThat(tokens.switchOf("notes:read")).not().isChecked();
    }

    /** The demo realm has a client scope with the name of a built-in scope, which is assigned to no resource server. */
    private static void replaceBuiltIn(AdminTokensPage tokens, String token) {
        Locator row = tokens.scopeRow("read");
        assertThat(row).containsText("Not the built-in scope of this name");
        String held = cell(tokens.nameRow("read"), "Tokens").textContent() + " token";
        toggle(tokens, "read");
        assertThat(tokens.dialog()).containsText("Replace the built-in scope read?");
        assertThat(tokens.dialog()).containsText(held);
        tokens.press("Replace");
        assertThat(row).containsText("Replaces the built-in scope");
        assertThat(tokens.nameRow("read")).hasCount(0);
        assertFalse(realm.isActive(token));
        toggle(tokens, "read");
        assertThat(tokens.dialog()).containsText(held);
        tokens.press("Return to built-in scope");
        assertThat(tokens.nameRow("read")).containsText("Built-in");
        assertTrue(realm.isActive(token));
    }

    @Test
    void anAdminRevokesAllTokensWithAScopeAndCreatesOneForAServiceAccount(Chromium chromium) {
        scopes.assign("cases-api", scopes.newGrantable("leaks:read"), "default");
        scopes.requireRole(scopes.newGrantable("leaks:all"), "case-editor");
        String first = newToken("leaky", "leaks:read");
        String second = newToken("leaky too", "read", "leaks:read");
        String other = newToken("not leaky", "read");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page);
        assertThat(cell(tokens.scopeRow("leaks:read"), "Tokens")).hasText("2");
        tokens.choose(tokens.scopeRow("leaks:read"), "Revoke all tokens with this scope");
        assertThat(tokens.dialog()).containsText("Revoke 2 API tokens?");
        assertThat(tokens.dialog()).containsText("All tokens with the scope leaks:read");
        assertThat(tokens.confirmButton()).isDisabled();
        Accessibility.assertNoViolation(page, "revocation of a scope's tokens");
        page.locator("#revoke-number").fill("2");
        tokens.confirm();
        assertThat(cell(tokens.scopeRow("leaks:read"), "Tokens")).hasText("0");
        assertFalse(realm.isActive(first));
        assertFalse(realm.isActive(second));
        assertTrue(realm.isActive(other));

        tokens.openTab("tokens");
        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        assertThat(form.scopes()).hasCount(2);
        page.locator("#api-token-client").fill("exporter");
        form.scope("leaks:read").check();
        assertThat(form.scope("leaks:all")).hasCount(0);
        assertThat(form.organization()).hasCount(0);
        form.create("export").close();
        assertThat(cell(tokens.row("export"), "Scopes")).hasText("leaks:read");
    }

    /** In German, with the widest table. */
    @Test
    void anAdminWithoutManageClientsCannotChangeScopes(Chromium chromium) {
        scopes.newGrantable("seen:read");
        scopes.newRole(LONG_ROLE);
        scopes.requireRole(scopes.newGrantable(ManyScopes.LONG), LONG_ROLE);
        Organizations organizations = new Organizations(realm);
        organizations.setEnabled(true);
        organizations.join(organizations.create("acme"), realm.userId("alice"));
        realm.create(realm.signIn("alice"), """
                {"name":"for acme","scopes":["read","seen:read"],"organization":"acme","expiresAt":null}""");
        realm.admin("POST", "/users", People.json("viewer", "de"));
        People.grant(realm, "viewer", "view-users", "manage-users", "view-clients", "view-realm");
        Page page = chromium.newPage();
        AdminTokensPage tokens =
                AdminConsole.openOwn(page, realm.name(), "viewer", TAB).tokens();
        assertThat(tokens.switchOf("seen:read")).isChecked();
        assertThat(tokens.switchOf("seen:read")).isDisabled();
        assertThat(tokens.scopeRow("profile").locator("button")).hasCount(0);
        tokens.scopeRow("seen:read").locator("button").click();
        assertThat(page.getByRole(AriaRole.MENUITEM)).hasText("Alle Tokens mit dieser Berechtigung widerrufen");
        page.keyboard().press("Escape");
        assertFits(page, "scopes");
        assertLongNamesFit(page, tokens.scopeRow(ManyScopes.LONG));
        Accessibility.assertNoViolation(page, "scopes");
        LanguagesIT.assertNoKeys(page);
        tokens.openTab("tokens");
        assertThat(cell(tokens.row("for acme"), "Organisation")).hasText("acme");
        assertFits(page, "list");
        page.locator("#api-tokens-organization").fill("acme");
        page.locator("#api-tokens-organization").press("Enter");
        assertThat(tokens.rows()).hasCount(1);
        assertFits(page, "filtered list");
    }

    private static void assertLongNamesFit(Page page, Locator row) {
        for (int width : new int[] {1280, 1000}) {
            page.setViewportSize(width, 800);
            assertThat(cell(row, "Rollen")).hasText(LONG_ROLE);
            Object lines = cell(row, "Rollen").evaluate("""
                    cell => {
                      const range = document.createRange();
                      range.selectNodeContents(cell.querySelector("bdi").firstChild);
                      return range.getClientRects().length;
                    }""");
            assertEquals(1, lines, "lines of a role at " + width);
            BoundingBox name = row.locator("th bdi").first().boundingBox();
            assertTrue(name.width < 300, "a name has a width of " + name.width + " at " + width);
            double role = cell(row, "Rollen").locator("bdi").boundingBox().y;
            assertEquals(name.y, role, 5, "the top of a role at " + width);
        }
        page.setViewportSize(1280, 800);
    }

    /** At the smallest widths with a sidebar, with a table that is not stacked, and of phones; and from right to left. */
    private static void assertFits(Page page, String state) {
        for (int width : new int[] {1200, 1000, 320}) {
            page.setViewportSize(width, 800);
            StrangeNamesIT.assertFits(page, state + " at " + width);
        }
        page.setViewportSize(1280, 800);
        page.evaluate("document.documentElement.dir = 'rtl'");
        StrangeNamesIT.assertFits(page, state + " from right to left");
        page.evaluate("document.documentElement.dir = 'ltr'");
    }

    private static AdminTokensPage open(Page page) {
        AdminTokensPage tokens =
                AdminConsole.open(page, "master", realm.name(), "admin", TAB).tokens();
        assertThat(tokens.nameRow("read")).containsText("Built-in");
        return tokens;
    }

    private static Locator cell(Locator row, String column) {
        return row.locator("[data-label='" + column + "']");
    }

    /** Clicks the switch's picture, which covers its input. */
    private static void toggle(AdminTokensPage tokens, String scope) {
        tokens.scopeRow(scope).locator(".pf-v5-c-switch__toggle").click();
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
