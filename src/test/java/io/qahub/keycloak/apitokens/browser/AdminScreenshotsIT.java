package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.qahub.keycloak.apitokens.server.Database;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Takes the admin page's pictures, as {@link ScreenshotsIT} does the account page's. */
@BrowserTest
class AdminScreenshotsIT {
    @Test
    void everyStateIsPictured(Chromium chromium) {
        Realm realm = Realm.fresh("pictured");
        fill(realm);
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1440, 900));
        AdminConsole console =
                AdminConsole.open(page, "pictured", "pictured", "casey", AdminConsole.TOKENS + "?status=all");
        AdminTokensPage tokens = console.tokens();
        assertThat(tokens.rows()).hasCount(8);
        take(page, "admin-list");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        take(page, "admin-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(375, 812);
        page.waitForTimeout(1_000);
        take(page, "admin-phone");
        page.setViewportSize(1440, 900);

        tokens.row("Nightly build").locator("button").last().click();
        take(page, "admin-menu");
        page.keyboard().press("Escape");
        tokens.press("Nightly build");
        take(page, "admin-details");
        page.locator("#close-details").click();
        tokens.filter("unused", "Not used for 90 days");
        assertThat(tokens.rows()).hasCount(2);
        page.locator("#revoke-matching").click();
        assertThat(page.locator("#revoke-number")).isVisible();
        take(page, "admin-revoke");
        tokens.press("Cancel");
        page.locator("#create-api-token").click();
        take(page, "admin-create");
        tokens.press("Cancel");
        tokens.openTab("policy");
        assertThat(tokens.policyField("issuers")).isVisible();
        page.setViewportSize(1440, 1200);
        take(page, "admin-policy");
        realm.delete();
    }

    private static void fill(Realm realm) {
        realm.admin("POST", "/users", People.json("casey", "en"));
        People.grant(realm, "casey", "realm-admin");
        realm.admin(
                "POST",
                "/clients",
                "{\"clientId\":\"report-exporter\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
        create(realm, "alice", "Old laptop", 400, 300);
        create(realm, "bob", "Load test 2025", 380, 0);
        create(realm, "alice", "Dashboard", 200, 1);
        create(realm, "bob", "Release pipeline", 120, 0.2);
        create(realm, "alice", "Nightly build", 90, 0.3);
        create(realm, "bob", "Flaky test finder", 14, 2);
        String revoked = create(realm, "bob", "Pasted into a chat", 3, 2);
        realm.revoke(realm.signIn("bob"), revoked);
        realm.admin("POST", "/api-tokens", """
                {"client":"report-exporter","name":"Weekly report","scopes":["read"],"expiresAt":"2099-01-01T00:00:00Z"}""");
    }

    /** Makes a token that was created and last used so many days ago; 0 for never used. Returns its id. */
    private static String create(Realm realm, String owner, String name, double createdDays, double usedDays) {
        var created = realm.newToken(realm.signIn(owner), name);
        String prefix = created.path("prefix").asText();
        Database.get().setTime(prefix, "CREATED_AT", ago(createdDays));
        if (usedDays > 0) {
            Database.get().setTime(prefix, "LAST_USED_AT", ago(usedDays));
        }
        return created.path("id").asText();
    }

    private static Instant ago(double days) {
        return Instant.now().minus(Duration.ofMinutes((long) (days * 24 * 60)));
    }

    private static void take(Page page, String name) {
        ScreenshotsIT.take(page, name);
    }
}
