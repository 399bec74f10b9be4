package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Build;
import io.qahub.keycloak.apitokens.server.Keycloak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which realms get the page. */
@Tag("container")
@Tag("browser")
@BrowserTest
class ThemeChoiceIT {
    private static final boolean IS_BEFORE_267 = Build.keycloakVersion().matches("26\\.[456]\\..*");

    @Test
    void aRealmWithKeycloaksAccountThemeKeepsIt(Chromium chromium) {
        Realms.create("stock", "\"accountTheme\":\"keycloak.v3\"", "en");
        AccountConsole console = AccountConsole.open(chromium.newPage(), Keycloak.get(), "stock", Realms.USER, "");
        assertThat(console.entry("Applications")).isVisible();
        assertThat(console.group("Developer")).isHidden();
    }

    /** Such as "keycloak", a theme of earlier versions of Keycloak, or a theme whose JAR was removed. */
    @Test
    void aRealmWhoseThemesDoNotExistGetsThePages(Chromium chromium) {
        Realms.create("removed-themes", "\"accountTheme\":\"keycloak\",\"adminTheme\":\"removed\"", "en");
        Realms.grantAdmin("removed-themes");
        AccountConsole account =
                AccountConsole.open(chromium.newPage(), Keycloak.get(), "removed-themes", Realms.USER, "");
        account.openByMenu();
        account.tokens().startCreation().create("fallback").close();
        assertThat(account.tokens().row("fallback")).containsText("Active");

        Page page = chromium.newPage();
        AdminConsole.openOwn(page, "removed-themes", Realms.USER, "users").openByMenu();
        assertThat(page.getByText("fallback")).isVisible();
    }

    @Test
    void aCustomAccountThemeCanImportThePage(Chromium chromium) throws IOException {
        Path theme = Files.createDirectories(Keycloak.get().home().resolve("themes/acme/account"));
        Files.writeString(
                theme.resolve("theme.properties"),
                IS_BEFORE_267 ? "parent=api-tokens-before-26.7\n" : "parent=keycloak.v3\nimport=account/api-tokens\n");
        Files.createDirectories(theme.resolve("messages"));
        Files.writeString(theme.resolve("messages/messages_en.properties"), "applications=Acme applications\n");
        Realms.create("acme", "\"accountTheme\":\"acme\"", "en");

        AccountConsole console = AccountConsole.open(chromium.newPage(), Keycloak.get(), "acme", Realms.USER, "");
        assertThat(console.entry("Acme applications")).isVisible();
        console.openByMenu();
        console.tokens().startCreation().create("theirs").close();
        assertThat(console.tokens().row("theirs")).containsText("Active");
    }

    @Test
    void aRealmWithKeycloaksAdminThemeKeepsIt(Chromium chromium) {
        Realms.create("stock-admin", "\"adminTheme\":\"keycloak.v2\"", "en");
        Realms.grantAdmin("stock-admin");
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.openOwn(page, "stock-admin", Realms.USER, "users");
        assertThat(console.heading("Users")).isVisible();
        assertFalse(page.content().contains("/api-tokens"));
    }

    @Test
    void aCustomAdminThemeCanImportThePageAndKeepsItsScripts(Chromium chromium) throws IOException {
        Path theme = Files.createDirectories(Keycloak.get().home().resolve("themes/acme/admin"));
        String script = IS_BEFORE_267 ? " api-tokens/console.js" : "";
        Files.writeString(
                theme.resolve("theme.properties"),
                "parent=keycloak.v2\nimport=admin/api-tokens\nscripts=acme.js" + script + "\n");
        Files.createDirectories(theme.resolve("resources"));
        Files.writeString(theme.resolve("resources/acme.js"), "document.title = 'Acme';");
        Realms.create("acme-admin", "\"adminTheme\":\"acme\"", "en");
        Realms.grantAdmin("acme-admin");
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.openOwn(page, "acme-admin", Realms.USER, "users");
        console.openByMenu();
        assertThat(page.getByText("No API tokens found")).isVisible();
        assertThat(page).hasTitle("Acme");
    }

    @Test
    void theLoginPageDoesNotChange(Chromium chromium) {
        Page page = chromium.newPage();
        new AccountConsole(page, Keycloak.get(), "qa-hub").go("");
        page.locator("#username").waitFor();
        assertTrue(page.content().contains("/login/keycloak.v2/"));
    }
}
