package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The scopes of a realm that defines some, as owners choose and see them. */
@Tag("browser")
@BrowserTest
class ScopesPageIT {
    private static Realm realm;
    private static ClientScopes scopes;

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
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void aRealmThatDefinesNothingOffersReadAndWriteWithoutGroups(Chromium chromium) {
        Realm plain = Realm.fresh("no-scopes");
        Page page = chromium.newPage();
        CreateForm form = open(page, plain, "alice", "").startCreation();
        assertThat(form.scopes()).hasCount(2);
        assertThat(form.scope("read")).isChecked();
        assertThat(form.scope("write")).not().isChecked();
        assertThat(form.groups()).hasCount(0);
        assertThat(form.scopeSearch()).hasCount(0);
        assertThat(form.organization()).hasCount(0);
        form.create("as before").close();
        assertThat(new TokensPage(page).row("as before").locator("[data-label=Scopes]"))
                .hasText("read");
        assertThat(page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Organization")))
                .hasCount(0);
        plain.delete();
    }

    @Test
    void theFormOffersTheOwnersScopesWithTheirTextsByResourceServer(Chromium chromium) {
        String user = newOwner("run-uploader");
        Page page = chromium.newPage();
        TokensPage tokens = open(page, realm, user, "");
        CreateForm form = tokens.startCreation();
        assertEquals(List.of("All APIs", "cases-api", "runs-api"), form.groups().allTextContents());
        assertThat(form.scopes()).hasCount(4);
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
        form.create("cases only").close();
        assertThat(tokens.row("cases only").locator("[data-label=Scopes]")).hasText("cases:read");
        assertEquals("[\"cases:read\"]", listed(user, "cases only").path("scopes").toString());
    }

    @Test
    void aScopeWhoseRoleTheOwnerLostIsMarked(Chromium chromium) {
        String user = newOwner("run-uploader");
        realm.create(
                realm.signIn(user),
                "{\"name\":\"uploader\",\"scopes\":[\"read\",\"runs:upload\"],\"expiresAt\":null}");
        assertThat(open(chromium.newPage(), realm, user, "").row("uploader").locator("[data-label=Scopes]"))
                .hasText("read, runs:upload");
        scopes.roleOf("DELETE", "users/" + idOf(user), "run-uploader");
        Page page = chromium.newPage();
        assertThat(open(page, realm, user, "").row("uploader").locator("[data-label=Scopes]"))
                .hasText("runs:upload (you do not have a role that it requires), read");
        Accessibility.assertNoViolation(page, "a scope that the token does not have now");
    }

    @Test
    void aLinkCanNameAnyScopeAndTheFormSaysWhichAreNotAvailable(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = open(page, realm, newOwner("run-uploader"), "?name=ci&scopes=runs:upload,cases:write%20x%2Fy")
                .form();
        assertThat(form.scope("runs:upload")).isChecked();
        assertThat(form.scope("read")).not().isChecked();
        assertThat(page.locator(".qh-not-offered")).containsText("not available: cases:write, x/y");
        form.scope("cases:read").check();
        assertThat(page.locator(".qh-not-offered")).isVisible();
        Accessibility.assertNoViolation(page, "scopes that are not available");
        form.submit();
        new NewTokenView(page).close();
        assertThat(new TokensPage(page).row("ci").locator("[data-label=Scopes]")).hasText("cases:read, runs:upload");
    }

    @Test
    void manyScopesCanBeSearchedAndAreCollapsedInTheList(Chromium chromium) {
        Realm many = ManyScopes.realm("many-scopes");
        Page page = chromium.newPage();
        TokensPage tokens = open(page, many, "alice", "");
        CreateForm form = tokens.startCreation();
        assertThat(form.scopes()).hasCount(ManyScopes.NUMBER + 2);
        form.scopeSearch().fill("AREA7 delete");
        assertThat(form.scopes()).hasCount(1);
        form.scope("area7:delete").check();
        form.scopeSearch().press("Enter");
        assertThat(page.getByText("Give the token a name.")).hasCount(0);
        form.scopeSearch().fill("view");
        assertThat(page.locator(".qh-chosen-scopes")).hasText("Selected: area7:delete");
        for (int area = 0; area < ManyScopes.AREAS; area++) {
            form.scope("area" + area + ":read").check();
        }
        form.scopeSearch().fill("no such scope");
        assertThat(page.getByText("No scope matches.")).isVisible();
        Accessibility.assertNoViolation(page, "no scope found");
        form.create("many").close();
        assertThat(tokens.row("many")).containsText("and 7 more");
        assertThat(tokens.row("many")).not().containsText("area9:read");
        page.locator(".qh-more-scopes").click();
        assertThat(tokens.row("many")).containsText("area9:read");
        Accessibility.assertNoViolation(page, "all scopes of a row");
        many.delete();
    }

    private static TokensPage open(Page page, Realm where, String user, String query) {
        return AccountConsole.open(page, Keycloak.get(), where.name(), user, AccountConsole.TOKENS + query)
                .tokens();
    }

    private static String newScope(String name, String text, String resourceServer) {
        String id = scopes.create(
                name, "\"apiTokens.grantable\":\"true\",\"consent.screen.text\":\"" + text + "\"");
        scopes.assign(resourceServer, id, "optional");
        return id;
    }

    private static String newOwner(String role) {
        String name = "owner-" + System.nanoTime();
        realm.admin("POST", "/users", People.json(name, "en"));
        scopes.roleOf("POST", "users/" + idOf(name), role);
        return name;
    }

    private static String idOf(String user) {
        return realm.admin("GET", "/users?exact=true&username=" + user, null)
                .json()
                .at("/0/id")
                .asText();
    }

    private static JsonNode listed(String user, String name) {
        return realm.list(realm.signIn(user), "?search=" + name.replace(" ", "%20"))
                .json()
                .path(0);
    }
}
