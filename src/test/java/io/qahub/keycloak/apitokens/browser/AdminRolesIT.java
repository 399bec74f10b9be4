package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import io.qahub.keycloak.apitokens.server.Team;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Admins see only the data and actions that their roles permit. */
@Tag("browser")
@BrowserTest
class AdminRolesIT {
    private static final Realm REALM = Realm.QA_HUB;

    @Test
    void anAdminWithViewUsersOnlyCannotChangeAnything(Chromium chromium) {
        String owner = People.newUser();
        REALM.newToken(REALM.signIn(owner), "looked at");
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.openOwn(page, "qa-hub", People.newAdmin("en", "view-users"), "users");
        AdminTokensPage tokens = console.openByMenu();
        tokens.showOnlyUser(owner);
        assertThat(tokens.row("looked at")).containsText("Active");
        assertThat(page.locator("qh-api-tokens input[type=checkbox]")).hasCount(0);
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Actions for")))
                .hasCount(0);
        assertThat(page.locator("#revoke-matching")).hasCount(0);
        assertThat(page.locator("#create-api-token")).hasCount(0);
        assertThat(page.getByRole(AriaRole.TAB)).hasCount(0);
        tokens.press("looked at");
        assertThat(tokens.dialog()).containsText(owner);
        assertThat(page.locator("#revoke-details")).hasCount(0);
    }

    @Test
    void anAdminWithoutViewUsersSeesNeitherMenuEntryNorPage(Chromium chromium) {
        Page page = chromium.newPage();
        String admin = People.newAdmin("en", "view-realm", "view-events", "manage-clients");
        AdminConsole console = AdminConsole.openOwn(page, "qa-hub", admin, AdminConsole.TOKENS);
        assertThat(page.getByText("Welcome to")).isVisible();
        assertThat(console.stockEntry("events")).isVisible();
        assertThat(console.entry()).hasCount(0);
        assertThat(page.locator("qh-api-tokens")).hasCount(0);
    }

    @Test
    void anAdminWithoutManageRealmCanOnlyViewThePolicy(Chromium chromium) {
        Page page = chromium.newPage();
        String admin = People.newAdmin("en", "view-users", "view-realm");
        AdminConsole console = AdminConsole.openOwn(page, "qa-hub", admin, AdminConsole.TOKENS + "?tab=policy");
        AdminTokensPage tokens = console.tokens();
        assertThat(tokens.policyField("allowedClients")).hasValue("account-console, qa-hub-cli");
        assertThat(tokens.policyField("allowedClients")).isDisabled();
        assertThat(page.locator("#save-policy")).hasCount(0);
    }

    @Test
    void anAdminOfOneGroupViewsAndRevokesItsTokens(Chromium chromium) {
        Realm realm = Team.realm("one-team");
        String alices = realm.newToken(realm.signIn("alice"), "of the team")
                .path("token")
                .asText();
        String bobs =
                realm.newToken(realm.signIn("bob"), "of another").path("token").asText();
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.openOwn(page, realm.name(), "lead", "users");
        AdminTokensPage tokens = console.openByMenu();
        assertThat(tokens.rows()).hasCount(1);
        page.locator("#revoke-matching").click();
        assertThat(tokens.dialog()).containsText("Revoke API token?");
        page.locator("#revoke-number").fill("1");
        tokens.confirm();
        assertFalse(realm.isActive(alices));
        assertTrue(realm.isActive(bobs));
        assertThat(page.getByText("No API tokens found")).isVisible();
        realm.delete();
    }
}
