package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
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

/** Takes the screenshots in docs/scopes.md, with its example; see {@link ScreenshotsIT}. */
@Tag("browser")
@BrowserTest
class ScopesScreenshotsIT {
    private static final String NEW_SCOPE = "cases:write";
    private static Realm realm;
    private static ClientScopes scopes;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("pictured-scopes");
        scopes = new ClientScopes(realm);
        scopes.newResourceServer("cases-api");
        scopes.newRole("case-editor");
        newScope("cases:read", "View test cases", "GET HEAD OPTIONS");
        newScope("runs:upload", "Upload test runs", "POST");
        scopes.roleOf("POST", "users/" + realm.userId("alice"), "case-editor");
        realm.admin("POST", "/users", People.json("casey", "en"));
        People.grant(realm, "casey", "realm-admin");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aClientScopeThatAnAdminMakesGrantableIsInTheForm(Chromium chromium) {
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1280, 800));
        AdminConsole console = AdminConsole.openOwn(page, realm.name(), "casey", "client-scopes/new");
        createClientScope(page);
        String id = page.url().replaceFirst(".*/client-scopes/([^/]+)/.*", "$1");
        scopes.requireRole(id, "case-editor");
        scopes.assign("cases-api", id, "optional");
        console.go("clients/" + scopes.uuid("cases-api") + "/clientScopes/setup");
        page.reload(); // without the message that the client scope was created
        assertThat(page.getByText(NEW_SCOPE)).isVisible();
        ScreenshotsIT.take(page, "scopes-client");

        console.go(AdminConsole.TOKENS + "?tab=scopes");
        AdminTokensPage tokens = console.tokens();
        tokens.switchOf(NEW_SCOPE).click(new Locator.ClickOptions().setForce(true));
        assertThat(page.getByText(NEW_SCOPE + " is now grantable")).isVisible();
        tokens.choose(tokens.scopeRow(NEW_SCOPE), "Change methods at gateways");
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            page.locator("#scope-method-" + method).check();
        }
        page.locator("#save-methods").click();
        assertThat(tokens.scopeRow(NEW_SCOPE).locator("[data-label='Methods at gateways']"))
                .hasText("POST, PUT, PATCH, DELETE");
        page.reload();
        page.getByPlaceholder("Filter scopes").fill(":");
        assertThat(tokens.switchOf(NEW_SCOPE)).isChecked();
        ScreenshotsIT.take(page, "scopes-tab");
        Organizations organizations = new Organizations(realm);
        organizations.setEnabled(true);
        organizations.join(organizations.create("acme"), realm.userId("alice"));
        takeForm(chromium);
    }

    private static void createClientScope(Page page) {
        page.getByTestId("name").fill(NEW_SCOPE);
        page.getByLabel("Consent screen text").fill("Change test cases");
        ScreenshotsIT.take(page, "scopes-client-scope");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Save").setExact(true))
                .click();
        page.waitForURL("**/client-scopes/*/settings");
    }

    private static void takeForm(Chromium chromium) {
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1280, 1120));
        CreateForm form = AccountConsole.open(page, Keycloak.get(), realm.name(), "alice", AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        form.name().fill("Release pipeline");
        form.scope("cases:read").check();
        form.scope(NEW_SCOPE).check();
        form.chooseOrganization("The acme (acme)");
        ScreenshotsIT.take(page, "scopes-create");
    }

    private static void newScope(String name, String text, String methods) {
        String id = scopes.create(
                name,
                "\"apiTokens.grantable\":\"true\",\"apiTokens.methods\":\"%s\",\"consent.screen.text\":\"%s\""
                        .formatted(methods, text));
        scopes.assign("cases-api", id, "optional");
    }
}
