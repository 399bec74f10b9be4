package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An admin's response to a leaked token. */
@BrowserTest
class AdminIncidentIT {
    private static final Realm REALM = Realm.QA_HUB;

    @ParameterizedTest
    @ValueSource(strings = {"master", "qa-hub"})
    void aLeakedTokenIsFoundAndRevokedAndThenAllTokensOfItsOwner(String loginRealm, Chromium chromium) {
        String victim = People.newUser();
        String bearer = REALM.signIn(victim);
        JsonNode leaked = REALM.newToken(bearer, "leaked");
        String token = leaked.path("token").asText();
        String second = REALM.newToken(bearer, "second").path("token").asText();
        String others =
                REALM.newToken(REALM.signIn("bob"), "others").path("token").asText();

        Page page = chromium.newPage();
        List<String> addresses = new ArrayList<>();
        page.onRequest(request -> addresses.add(request.url()));
        AdminConsole console = loginRealm.equals("master")
                ? AdminConsole.open(page, AdminConsole.TOKENS)
                : AdminConsole.openOwn(page, loginRealm, People.newAdmin("en", "realm-admin"), AdminConsole.TOKENS);
        AdminTokensPage tokens = console.tokens();

        tokens.search().fill(token);
        assertThat(tokens.search()).hasValue("qh_" + leaked.path("prefix").asText());
        assertThat(tokens.rows()).hasCount(1);
        assertThat(tokens.row("leaked")).containsText("Active");
        assertThat(tokens.row("leaked")).containsText(victim);
        tokens.choose(tokens.row("leaked"), "Revoke");
        assertThat(tokens.dialog()).containsText("Revoke API token?");
        assertThat(tokens.dialog()).containsText(victim);
        tokens.confirm();
        assertThat(page.getByText("1 API token revoked")).isVisible();
        assertThat(tokens.row("leaked")).containsText("Revoked");
        assertFalse(REALM.isActive(token));
        assertTrue(REALM.isActive(second));

        tokens.choose(tokens.row("leaked"), "Revoke all tokens of " + victim);
        assertThat(tokens.dialog()).containsText("Revoke API token?");
        tokens.confirm();
        assertFalse(REALM.isActive(second));
        assertTrue(REALM.isActive(others));

        console.openStock("events", "Events");
        page.getByTestId("admin-events-tab").click();
        // The console truncates long paths.
        assertEvent(page, "api-tokens/" + leaked.path("id").asText().substring(0, 18), "DELETE");
        assertEvent(page, "api-tokens/revoke", "ACTION");
        String secret = token.substring(10);
        assertEquals(
                List.of(),
                addresses.stream().filter(address -> address.contains(secret)).toList());
    }

    private static void assertEvent(Page page, String path, String operation) {
        Locator events = page.locator("table tr").filter(new Locator.FilterOptions().setHasText(path));
        assertThat(events.first()).containsText("API_TOKEN");
        assertThat(events.first()).containsText(operation);
    }
}
