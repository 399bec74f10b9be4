package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Admins choose the networks of a client's token and of the realm, and see those of every token. */
@Tag("browser")
@BrowserTest
class AdminNetworksIT {
    private static final String FIELD = "allowedNetworks";
    private static final String CLIENTS = "\"apiTokens.allowedClients\":\"account-console, qa-hub-cli\"";
    private static Realm realm;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("admin-networks");
        realm.admin("POST", "/clients", "{\"clientId\":\"exporter\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void aTokenForAClientHasNetworksWhichItsDetailsShow(Chromium chromium) {
        setNetworks("10.0.0.0/8 2001:db8::/32");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page, AdminConsole.TOKENS);
        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        assertThat(form.networks().help()).containsText("This realm allows only: 10.0.0.0/8, 2001:db8::/32.");
        page.locator("#api-token-client").fill("exporter");
        form.name().fill("restricted");
        form.networks().input().fill("192.0.2.0/24");
        form.submit();
        assertThat(form.networks().help()).containsText("“192.0.2.0/24” is outside");
        assertThat(form.networks().input()).isFocused();
        form.networks().input().fill("10.1.0.0/16\n2001:db8:1::/48");
        form.submit();
        new NewTokenView(page).close();
        tokens.press("restricted");
        assertThat(tokens.dialog()).containsText("Allowed networks10.1.0.0/16, 2001:db8:1::/48");
        page.locator("#close-details").click();

        realm.newToken(realm.signIn("alice"), "free");
        page.reload();
        tokens.press("free");
        assertThat(page.locator("#close-details")).isVisible();
        assertThat(tokens.dialog()).not().containsText("Allowed networks");
        setNetworks("");
    }

    @Test
    void theNetworksOfTheRealmTakeEffectAndAreRemoved(Chromium chromium) {
        setNetworks("");
        String bearer = realm.signIn("alice");
        String token = realm.newToken(bearer, "existing").path("token").asText();
        assertEquals(true, realm.isActive(token));
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page, AdminConsole.TOKENS + "?tab=policy");
        tokens.policyField(FIELD).fill("10.0.0.0/8\n2001:db8::/32");
        tokens.savePolicy();
        assertThat(page.getByText("Policy saved. It is now in effect.")).isVisible();
        assertEquals("10.0.0.0/8\n2001:db8::/32", attribute());
        assertEquals(List.of("10.0.0.0/8", "2001:db8::/32"), policy(bearer));
        assertEquals(false, realm.isActive(token), "the resource server does not state the caller's address");
        page.reload();
        assertThat(tokens.policyField(FIELD)).hasValue("10.0.0.0/8\n2001:db8::/32");

        tokens.policyField(FIELD).fill("");
        tokens.savePolicy();
        await("removed").until(() -> attribute().isEmpty());
        assertEquals(true, realm.isActive(token));
    }

    @Test
    void aMistakeIsReportedAndNotSaved(Chromium chromium) {
        setNetworks("10.0.0.0/8");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page, AdminConsole.TOKENS + "?tab=policy");
        Locator help = page.locator("#policy-" + FIELD + "-help");
        assertThat(help).containsText("Applies immediately to all tokens, including existing ones.");
        tokens.policyField(FIELD).fill("10.0.0.0/8 192.0.2.1/24");
        assertThat(help).containsText("Instead of “192.0.2.1/24”, enter 192.0.2.0/24");
        tokens.savePolicy();
        assertThat(tokens.policyField(FIELD)).isFocused();
        assertEquals("10.0.0.0/8", attribute());
        tokens.press("Revert");
        assertThat(tokens.policyField(FIELD)).hasValue("10.0.0.0/8");
        setNetworks("");
    }

    @Test
    void anInvalidValueThatWasSetElsewhereIsShownWithItsEffect(Chromium chromium) {
        setNetworks("office");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page, AdminConsole.TOKENS + "?tab=policy");
        assertThat(page.getByText("While the allowed networks are invalid, no token of this realm is accepted."))
                .isVisible();
        assertThat(page.locator("#policy-" + FIELD + "-help")).containsText("“office” is not a network");
        LanguagesIT.assertNoKeys(page);
        Accessibility.assertNoViolation(page, "policy with invalid networks");
        Layout.assertFitsAtEveryWidth(page, "policy with invalid networks");
        tokens.policyField(FIELD).fill("10.0.0.0/8");
        tokens.savePolicy();
        assertThat(page.getByText("no token of this realm is accepted")).isHidden();
        assertEquals("10.0.0.0/8", attribute());
        setNetworks("");
    }

    @Test
    void thePageAndTheServerAcceptTheSameNetworks(Chromium chromium) {
        setNetworks("");
        String bearer = realm.signIn("alice");
        Page page = chromium.newPage();
        AdminTokensPage tokens = open(page, AdminConsole.TOKENS + "?tab=policy");
        Locator field = tokens.policyField(FIELD);
        for (String wrong : List.of(
                "office",
                "10.1",
                "1",
                "010.0.0.1",
                "10.0.0.01",
                "::1.2.3.04",
                "256.0.0.1",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "10.0.0.0/",
                "10.1.2.3/8",
                ",10.0.0.0/8",
                "2001:db8::/129",
                "2001:db8::1/32",
                "2001:db8:::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1::2:3:4:5:6:7:8",
                "20010::",
                ":",
                "fe80::1%eth0",
                "[::1]",
                "::ffff:10.0.0.0/8",
                "::ffff:10.1.2.3/104",
                "::ffff:010.0.0.1",
                "::ffff:10.1",
                "::1.2.3.4.5")) {
            field.fill(wrong);
            assertThat(field).hasAttribute("aria-invalid", "true");
            setNetworks(wrong);
            assertEquals(403, realm.list(bearer, "/policy").status(), wrong);
        }
        for (String right : List.of(
                "10.0.0.0/8,",
                "10.0.0.0/8 , 192.0.2.1\t::1",
                "0.0.0.0/0",
                "::/0",
                "::",
                "10.0.0.1/32",
                "::ffff:0.0.0.0/96",
                "::FFFF:a00:0/104",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "64:ff9b::192.0.2.33",
                "0:0::0/128")) {
            field.fill(right);
            assertThat(field).hasAttribute("aria-invalid", "false");
            setNetworks(right.replace("\t", "\\t"));
            assertEquals(200, realm.list(bearer, "/policy").status(), right);
        }
        setNetworks("");
    }

    private static AdminTokensPage open(Page page, String path) {
        return AdminConsole.open(page, "master", realm.name(), "admin", path).tokens();
    }

    private static void setNetworks(String networks) {
        realm.admin(
                "PUT",
                "",
                "{\"realm\":\"admin-networks\",\"attributes\":{%s,\"apiTokens.allowedNetworks\":\"%s\"}}"
                        .formatted(CLIENTS, networks));
    }

    private static String attribute() {
        return realm.admin("GET", "", null)
                .json()
                .at("/attributes/apiTokens.allowedNetworks")
                .asText();
    }

    private static List<String> policy(String bearer) {
        JsonNode networks = realm.list(bearer, "/policy").json().path(FIELD);
        return networks.valueStream().map(JsonNode::asText).toList();
    }
}
