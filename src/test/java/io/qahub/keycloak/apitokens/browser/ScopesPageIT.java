package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Organizations;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The scopes and organizations of a realm that defines some, as owners choose and see them. */
@Tag("browser")
@BrowserTest
class ScopesPageIT {
    private static Realm realm;
    private static ClientScopes scopes;
    private static Organizations organizations;
    private static String acme;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("scopes-page");
        scopes = new ClientScopes(realm);
        scopes.newResourceServer("cases-api");
        scopes.newResourceServer("runs-api");
        scopes.newRole("case-editor");
        scopes.newRole("run-uploader");
        newScope("cases:read", "View test cases", "cases-api");
        scopes.requireRole(newScope("cases:write", "Change test cases", "cases-api"), "case-editor");
        scopes.requireRole(newScope("runs:upload", "Upload results", "runs-api"), "run-uploader");
        organizations = new Organizations(realm);
        organizations.setEnabled(true);
        acme = organizations.create("acme");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void anOwnerChoosesScopesAndAnOrganizationAndSeesWhichAreLost(Chromium chromium) {
        String user = "owner-" + System.nanoTime();
        String id = realm.newUser(user);
        scopes.roleOf("POST", "users/" + id, "run-uploader");
        organizations.join(acme, id);
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(page, Keycloak.get(), realm.name(), user, AccountConsole.TOKENS);
        choose(page, console.tokens(), user);
        followLink(page, console);
        WidthsIT.assertOwnersPageFits(page, "list with organizations");
        scopes.roleOf("DELETE", "users/" + id, "run-uploader");
        organizations.leave(acme, id);
        page.reload();
        seeWhatIsLost(page, console.tokens());
        scopes.roleOf("POST", "users/" + id, "run-uploader");
        console.tokens().startRotation("ci").rotate();
    }

    private static void choose(Page page, TokensPage tokens, String user) {
        CreateForm form = tokens.startCreation();
        assertThat(form.scopes()).hasCount(4);
        assertEquals(List.of("All APIs", "cases-api", "runs-api"), form.groups().allTextContents());
        assertThat(form.scope("cases:write")).hasCount(0);
        assertThat(page.locator("#api-token-scopes")).containsText("View test cases");
        assertThat(form.scope("read")).not().isChecked();
        form.name().fill("cases only");
        form.submit();
        assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Scopes")))
                .hasAccessibleDescription("Choose at least one scope.");
        assertThat(form.scopes().first()).isFocused();
        Accessibility.assertNoViolation(page, "scopes with an error");
        form.scope("cases:read").check();
        form.chooseOrganization("The acme (acme)");
        form.create("cases only").close();
        assertThat(cell(tokens, "cases only", "Scopes")).hasText("cases:read");
        assertThat(cell(tokens, "cases only", "Organization")).hasText("acme");
        JsonNode listed = realm.list(realm.signIn(user), "?search=cases").json().path(0);
        assertEquals("[\"cases:read\"]", listed.path("scopes").toString());
        assertEquals("acme", listed.path("organization").asText());
    }

    private static void followLink(Page page, AccountConsole console) {
        console.go(AccountConsole.TOKENS + "?name=ci&scopes=runs:upload,cases:write%20x%2Fy%20a%22b");
        CreateForm form = console.tokens().form();
        assertThat(form.scope("runs:upload")).isChecked();
        assertThat(form.scope("read")).not().isChecked();
        Locator notOffered = page.locator(".qh-not-offered");
        assertThat(notOffered).containsText("not available: cases:write, x/y, ");
        assertThat(notOffered).containsText("a\"b");
        form.scope("cases:read").check();
        assertThat(notOffered).isVisible();
        Accessibility.assertNoViolation(page, "scopes that are not available");
        form.submit();
        new NewTokenView(page).close();
        assertThat(cell(console.tokens(), "ci", "Scopes")).hasText("cases:read, runs:upload");
        assertThat(cell(console.tokens(), "ci", "Organization")).hasText("");
    }

    private static void seeWhatIsLost(Page page, TokensPage tokens) {
        String lost = "runs:upload (you do not have a role that it requires)";
        assertThat(cell(tokens, "ci", "Scopes")).hasText(lost + ", cases:read");
        assertThat(cell(tokens, "cases only", "Organization")).hasText("acme (you are not a member)");
        Accessibility.assertNoViolation(page, "what tokens do not have now");
        tokens.chooseRotation("ci");
        assertThat(page.locator(".qh-not-rotated")).containsText("can no longer choose: " + lost);
        assertThat(page.locator("#confirm-rotate")).hasCount(0);
        Accessibility.assertNoViolation(page, "a token that cannot be rotated");
        LanguagesIT.assertNoKeys(page);
        page.keyboard().press("Escape");
        tokens.chooseRotation("cases only");
        assertThat(page.locator(".qh-not-rotated")).containsText("can no longer choose: acme (you are not a member)");
        page.keyboard().press("Escape");
    }

    /** In German and with little room, also from right to left. */
    @Test
    void manyScopesCanBeSearchedAndAreCollapsedInTheList(Chromium chromium) {
        Realm many = ManyScopes.realm("many-scopes");
        many.admin("POST", "/users", People.json("kim", "de"));
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, Keycloak.get(), many.name(), "kim", AccountConsole.TOKENS)
                .tokens();
        CreateForm form = tokens.startCreation();
        assertThat(form.scopes()).hasCount(ManyScopes.NUMBER + 2);
        StrangeNamesIT.assertFits(page, "form");
        form.scopeSearch().fill("AREA7 delete");
        assertThat(form.scopes()).hasCount(1);
        form.scope("area7:delete").check();
        form.scopeSearch().press("Enter");
        assertThat(page.getByText("Geben Sie dem Token einen Namen.")).hasCount(0);
        form.scopeSearch().fill("view");
        assertThat(page.locator(".qh-chosen-scopes")).hasText("Ausgewählt: area7:delete");
        for (int area = 0; area < ManyScopes.AREAS; area++) {
            form.scope("area" + area + ":read").check();
        }
        form.scopeSearch().fill("no such scope");
        assertThat(page.getByText("Keine Berechtigung passt zum Filter.")).isVisible();
        Accessibility.assertNoViolation(page, "no scope found");
        LanguagesIT.assertNoKeys(page);
        form.scopeSearch().fill("");
        form.scope(ManyScopes.LONG).check();
        page.setViewportSize(320, 800);
        StrangeNamesIT.assertFits(page, "form on a phone");
        form.create("many").close();
        assertThat(tokens.row("many")).containsText("und 8 weitere");
        assertThat(tokens.row("many")).not().containsText("area9:read");
        page.locator(".qh-more-scopes").click();
        assertThat(tokens.row("many")).containsText("area9:read");
        StrangeNamesIT.assertFits(page, "list on a phone");
        Accessibility.assertNoViolation(page, "all scopes of a row");
        tokens.startRotation("many");
        assertNotCutOff(page, "API-Token erneuern?");
        page.keyboard().press("Escape");
        page.evaluate("document.documentElement.dir = 'rtl'");
        StrangeNamesIT.assertFits(page, "list from right to left on a phone");
        page.setViewportSize(1280, 800);
        StrangeNamesIT.assertFits(page, "list from right to left");
        double scopes = cell(tokens, "many", "Berechtigungen").boundingBox().width;
        assertTrue(scopes > 160, "the column of scopes has a width of " + scopes);
        many.delete();
    }

    /** PatternFly cuts off long titles of dialogs. */
    private static void assertNotCutOff(Page page, String title) {
        Locator heading = page.locator(".pf-v5-c-modal-box__title");
        assertThat(heading).hasText(title);
        assertEquals(true, heading.evaluate("title => title.scrollWidth <= title.clientWidth"), title);
    }

    private static Locator cell(TokensPage tokens, String name, String column) {
        return tokens.row(name).locator("[data-label=" + column + "]");
    }

    private static String newScope(String name, String text, String resourceServer) {
        String id = scopes.create(name, "\"apiTokens.grantable\":\"true\",\"consent.screen.text\":\"" + text + "\"");
        scopes.assign(resourceServer, id, "optional");
        return id;
    }
}
