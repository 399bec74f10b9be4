package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Creating tokens for service accounts on the page. */
@Tag("browser")
@BrowserTest
class AdminClientTokenIT {
    private static final Realm REALM = Realm.QA_HUB;

    @Test
    void aTokenIsCreatedShownOnceListedWithItsClientAndRevoked(Chromium chromium) {
        REALM.admin("POST", "/clients", "{\"clientId\":\"exporter\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
        Page page = chromium.newPage();
        AdminConsole console = AdminConsole.open(page, AdminConsole.TOKENS);
        AdminTokensPage tokens = console.tokens();
        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        form.submit();
        assertThat(page.getByText("Choose a client.")).isVisible();
        assertThat(page.getByText("Give the token a name.")).isVisible();
        assertThat(page.locator("#api-token-client")).isFocused();

        page.locator("#api-token-client").fill("billing");
        form.name().fill("nightly export");
        form.submit();
        assertThat(page.locator("#api-token-client-help")).hasText("Enable the client's service account first.");

        page.locator("#api-token-client").fill("expor");
        assertThat(page.locator("#api-token-client-suggestions [role=option]")).hasCount(1);
        page.locator("#api-token-client").fill("exporter");
        form.submit();
        NewTokenView view = new NewTokenView(page);
        assertThat(page.getByText("on the client’s behalf")).isVisible();
        String token = view.copy();
        assertTrue(REALM.isActive(token));
        view.close();
        assertThat(page.getByText(token)).hasCount(0);

        tokens.search().fill("nightly export");
        assertThat(tokens.row("nightly export")).containsText("exporter");
        tokens.row("nightly export").locator("a").click();
        assertThat(console.heading("exporter")).isVisible();
        page.goBack();
        tokens.choose(tokens.row("nightly export"), "Revoke");
        tokens.confirm();
        assertFalse(REALM.isActive(token));
    }

    /** With an admin who may not view the realm's settings. */
    @Test
    void theFormOffersTheLifetimesOfTheCurrentPolicy(Chromium chromium) {
        Realm realm = Realm.fresh("client-policy");
        longestLife(realm, "45");
        realm.admin("POST", "/clients", "{\"clientId\":\"exporter\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
        realm.admin("POST", "/users", People.json("casey", "en"));
        People.grant(realm, "casey", "view-users", "manage-clients");
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.openOwn(page, "client-policy", "casey", AdminConsole.TOKENS)
                .tokens();
        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        assertThat(form.expiry()).hasText("10 days");
        assertThat(page.locator("#api-token-expiry-help")).containsText("The maximum lifetime is 45 days.");
        assertEquals(List.of("7 days", "10 days", "30 days", "45 days", "Custom date"), form.lifetimes());
        page.locator("#api-token-client").fill("exporter");
        form.name().fill("monthly export");
        form.chooseExpiry("45 days");
        longestLife(realm, "5");
        form.submit();
        assertThat(page.locator("#api-token-expiry-help")).containsText("within 5 days");
        assertThat(form.expiry()).hasText("5 days");
        form.submit();
        new NewTokenView(page).close();
        assertThat(tokens.row("monthly export").locator("[data-label=Expires]")).hasText("in 5 days");
        realm.delete();
    }

    private static void longestLife(Realm realm, String days) {
        realm.admin("PUT", "", """
                {"realm":"client-policy","attributes":{"apiTokens.maxLifetimeDays":"%s",
                 "apiTokens.defaultLifetimeDays":"%d"}}""".formatted(days, Math.min(10, Integer.parseInt(days))));
    }
}
