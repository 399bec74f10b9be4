package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The execution "API token" in Keycloak's flow editor, as described in docs/integrations/sign-in-with-a-token.md. */
@Tag("browser")
@BrowserTest
class AdminFlowEditorIT {
    private static final String PROGRAM = """
            {"clientId":"old-program","secret":"s","directAccessGrantsEnabled":true,"standardFlowEnabled":false,
             "fullScopeAllowed":false,"defaultClientScopes":["basic","api-tokens"],
             "attributes":{"use.refresh.tokens":"false"}}""";

    @Test
    void anAdminCreatesAFlowForTokensAndBindsItToAClient(Chromium chromium) {
        Realm realm = Realm.fresh("flow-editor");
        String client = id(realm.admin("POST", "/clients", PROGRAM));
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1440, 1000));
        AdminConsole console = AdminConsole.open(page, "master", "flow-editor", "admin", "authentication");

        page.getByText("Create flow", new Page.GetByTextOptions().setExact(true))
                .click();
        page.getByTestId("alias").fill("tokens");
        page.getByTestId("create").click();
        page.getByTestId("addExecution").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByText("Signs in with an API token (qh_…)")).isVisible();
        ScreenshotsIT.take(page, "flow-add");
        dialog.getByTestId("api-token-authenticator").check();
        dialog.getByTestId("modal-add").click();

        page.locator(".keycloak__authentication__requirement-dropdown").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Required"))
                .click();
        assertThat(page.locator(".keycloak__authentication__requirement-dropdown"))
                .hasText("Required");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Settings"))
                .click();
        assertThat(dialog.getByText("Any username", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        dialog.getByText("Any username", new Locator.GetByTextOptions().setExact(true))
                .locator("xpath=ancestor::*[contains(@class,'form__group')][1]//button")
                .first()
                .click();
        assertThat(page.getByText("Accept the token with any username")).isVisible();
        ScreenshotsIT.take(page, "flow-settings");
        dialog.getByTestId("cancel").click();

        assertEquals(4, signIn(realm).status() / 100);
        console.go("clients/" + client + "/advanced");
        page.locator("[id='authenticationFlowBindingOverrides.direct_grant']").click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName("tokens").setExact(true))
                .click();
        ScreenshotsIT.take(page, "flow-bound");
        page.getByTestId("OIDCAuthFlowOverrideSave").click();
        assertThat(page.getByText("Client successfully updated")).isVisible();
        assertEquals(200, signIn(realm).status());
        realm.delete();
    }

    private static Answer signIn(Realm realm) {
        String token = realm.newToken(realm.signIn("alice"), "t").path("token").asText();
        return realm.call("POST", "/protocol/openid-connect/token")
                .basic("old-program", "s")
                .form(Map.of("grant_type", "password", "username", "alice", "password", token))
                .send();
    }

    private static String id(Answer made) {
        String location = made.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
