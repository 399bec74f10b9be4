package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Keycloak;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on a server started with {@code start}, which caches themes. */
@Tag("lifecycle")
@BrowserTest
class ProductionModeIT {
    @Test
    void thePageIsAvailableAndItsUrlsContainTheVersion(Chromium chromium) {
        try (Keycloak keycloak = Keycloak.production()) {
            Page page = chromium.newPage();
            List<String> modules = new ArrayList<>();
            page.onRequest(request -> {
                if (request.url().endsWith("/api-tokens/account.js")) {
                    modules.add(request.url());
                }
            });
            AccountConsole console = AccountConsole.open(page, keycloak, "qa-hub", "alice", AccountConsole.TOKENS);
            console.assertIsAtTokens();
            page.reload();
            console.assertIsAtTokens();
            console.entry("Personal info").click();
            assertThat(console.entry("API tokens")).isHidden(); // the group collapses when the user leaves it
            console.openByMenu();
            console.entry("API tokens").click();
            console.assertIsAtTokens();
            page.goBack();
            page.goForward();
            console.assertIsAtTokens();

            console.tokens().startCreation().create("production").close();
            console.tokens().revoke("production");
            assertThat(page.getByText("API token “production” revoked")).isVisible();
            AdminConsole admin = AdminConsole.open(
                    chromium.newPage(), keycloak, "master", "qa-hub", "admin", AdminConsole.TOKENS + "?status=revoked");
            assertThat(admin.tokens().row("production")).containsText("alice");
            assertThat(admin.page().locator("script[src*='/admin/api-tokens-'][src$='/api-tokens/admin.js']"))
                    .hasCount(1);

            assertTrue(modules.get(0).matches(".*/account/api-tokens-\\d.*/api-tokens/account.js"), modules.toString());
            assertEquals(1, modules.stream().distinct().count());
        }
    }
}
