package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.qahub.keycloak.apitokens.server.Database;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Takes the screenshots of the admin page; see {@link ScreenshotsIT}. */
@Tag("browser")
@BrowserTest
class AdminScreenshotsIT {
    @Test
    void aScreenshotOfEveryStateIsTaken(Chromium chromium) {
        Realm realm = Realm.fresh("pictured");
        realm.admin("POST", "/users", People.json("casey", "en"));
        People.grant(realm, "casey", "realm-admin");
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1440, 900));
        AdminConsole console = AdminConsole.open(page, "pictured", "pictured", "casey", AdminConsole.TOKENS);
        AdminTokensPage tokens = console.tokens();
        assertThat(page.getByText("This realm has no API tokens")).isVisible();
        take(page, "admin-empty");
        fill(realm);
        console.go(AdminConsole.TOKENS + "?status=all");
        page.reload();
        assertThat(tokens.rows()).hasCount(8);
        take(page, "admin-list");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        take(page, "admin-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        narrow(page, "admin-phone");
        takeRow(page, tokens);
        takeRevocations(page, tokens);
        takeCreation(page);
        tokens.openTab("policy");
        assertThat(tokens.policyField("allowedClients")).isVisible();
        page.setViewportSize(1440, 1200);
        take(page, "admin-policy");
        narrow(page, "admin-policy-phone");
        takeProblems(page, tokens);
        takeGerman(chromium, realm);
        realm.delete();
    }

    private static void narrow(Page page, String name) {
        page.setViewportSize(375, 812);
        page.waitForTimeout(1_000);
        take(page, name);
        page.setViewportSize(1440, 900);
    }

    private static void takeRow(Page page, AdminTokensPage tokens) {
        tokens.row("Nightly build").locator("button").last().click();
        take(page, "admin-menu");
        page.keyboard().press("Escape");
        tokens.press("Nightly build");
        take(page, "admin-details");
        narrow(page, "admin-details-phone");
        page.locator("#close-details").click();
        page.locator("#api-tokens-unused").click();
        take(page, "admin-filter");
        page.keyboard().press("Escape");
    }

    private static void takeRevocations(Page page, AdminTokensPage tokens) {
        tokens.row("Nightly build").locator("input[type=checkbox]").check();
        tokens.row("Dashboard").locator("input[type=checkbox]").check();
        page.locator("#revoke-selected").click();
        take(page, "admin-revoke-selected");
        tokens.press("Cancel");
        tokens.choose(tokens.row("Dashboard"), "Revoke all tokens of alice");
        take(page, "admin-revoke-user");
        tokens.press("Cancel");
        tokens.filter("unused", "Not used for 90 days");
        assertThat(tokens.rows()).hasCount(2);
        page.locator("#revoke-matching").click();
        assertThat(page.locator("#revoke-number")).isVisible();
        take(page, "admin-revoke");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        take(page, "admin-revoke-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        tokens.press("Cancel");
    }

    private static void takeCreation(Page page) {
        page.locator("#create-api-token").click();
        take(page, "admin-create");
        page.locator("#api-token-client").fill("report-exporter");
        CreateForm form = new CreateForm(page);
        form.name().fill("Monthly report");
        form.submit();
        NewTokenView view = new NewTokenView(page);
        view.token().waitFor();
        take(page, "admin-shown-once");
        view.close();
    }

    private static void takeProblems(Page page, AdminTokensPage tokens) {
        tokens.openTab("tokens");
        page.route("**/api-tokens?**", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        page.reload();
        assertThat(page.locator("qh-api-tokens .pf-v5-c-alert").first()).isVisible();
        take(page, "admin-error");
        page.unroute("**/api-tokens?**");
    }

    private static void takeGerman(Chromium chromium, Realm realm) {
        realm.admin("POST", "/users", People.json("kim", "de"));
        People.grant(realm, "kim", "realm-admin");
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1440, 900));
        AdminConsole.open(page, "pictured", "pictured", "kim", AdminConsole.TOKENS + "?status=all");
        assertThat(page.locator("qh-api-tokens table tbody tr")).hasCount(9);
        take(page, "admin-german");
    }

    private static void fill(Realm realm) {
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
                {"client":"report-exporter","name":"Weekly report","scopes":["read"],"expiresAt":"%s"}""".formatted(ago(-80)));
    }

    /** Creates a token that was created and last used that many days ago (0: never used); returns its ID. */
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
