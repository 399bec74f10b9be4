package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners choose the networks from which a token can be used. */
@Tag("browser")
@BrowserTest
class NetworksPageIT {
    private static final Realm REALM = Realm.QA_HUB;

    @Test
    void aTokenIsCreatedWithTwoNetworksWhichAreReplacedAndRemoved(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        CreateForm form = tokens.startCreation();
        assertThat(form.networks().help())
                .hasText("Networks from which the token can be used, in CIDR notation, one per"
                        + " line, such as 192.0.2.0/24 or 2001:db8::/32. Leave empty to allow all.");
        form.networks().input().fill("10.0.0.0/8, 2001:DB8:0::/32\n");
        form.create("office").close();
        assertThat(tokens.networks("office")).hasText("Only from 10.0.0.0/8, 2001:db8::/32");
        assertEquals(List.of("10.0.0.0/8", "2001:db8::/32"), networks(user));

        EditForm edit = tokens.startEdit("office");
        assertThat(edit.networks().input()).hasValue("10.0.0.0/8\n2001:db8::/32");
        edit.networks().input().fill("192.0.2.1\n198.51.100.0/24");
        edit.save();
        assertThat(tokens.networks("office")).hasText("Only from 192.0.2.1/32, 198.51.100.0/24");

        tokens.startEdit("office").networks().input().fill(" ");
        edit.save();
        assertThat(tokens.dialog()).hasCount(0);
        assertThat(tokens.row("office")).isVisible();
        assertThat(tokens.networks("office")).hasCount(0);
        assertEquals(List.of(), networks(user));
    }

    @Test
    void networksThatAreNotChangedAreNotSent(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = open(page, People.newUser(), "10.0.0.0/8");
        EditForm edit = tokens.startEdit("office");
        edit.name().fill("renamed");
        Request request = page.waitForRequest(sent -> sent.method().equals("PATCH"), edit::save);
        assertEquals("{\"name\":\"renamed\",\"description\":\"\"}", request.postData());
        assertThat(tokens.networks("renamed")).hasText("Only from 10.0.0.0/8");
    }

    @Test
    void aMistakeIsReportedWithItsTextUntilItIsCorrected(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        CreateForm form =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens().startCreation();
        NetworksField networks = form.networks();
        form.name().fill("office");
        networks.input().fill("10.0.0.0/8\noffice\n10.1.2.3/8");
        form.submit();
        assertThat(networks.help())
                .hasText("“office” is not a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32.");
        assertThat(networks.input()).isFocused();
        assertThat(networks.input()).hasAttribute("aria-invalid", "true");
        assertThat(networks.help()).isInViewport();
        assertEquals(List.of(), networks(user));
        networks.input().fill("10.0.0.0/8\n10.1.2.3/8");
        assertThat(networks.help())
                .hasText("Instead of “10.1.2.3/8”, enter 10.0.0.0/8,"
                        + " which starts with the first address of the network.");
        networks.input().fill("10.0.0.0/8");
        assertThat(networks.help()).containsText("Leave empty to allow all.");
        form.create("office").close();
        assertEquals(List.of("10.0.0.0/8"), networks(user));
    }

    @Test
    void anErrorOfTheServerIsShownAtTheField(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        CreateForm form = tokens.startCreation();
        Intercepted.every(page, "POST", NetworksPageIT::sendWrongNetwork);
        form.name().fill("office");
        form.submit();
        assertThat(form.networks().help()).containsText("allowedNetworks: network 1 must be an IP address");
        assertThat(form.networks().help()).isInViewport();
        assertThat(form.networks().input()).isFocused();
        Intercepted.none(page);
        form.create("office").close();

        EditForm edit = tokens.startEdit("office");
        page.route("**/realms/qa-hub/api-tokens/*", NetworksPageIT::sendWrongNetwork);
        edit.save();
        assertThat(edit.networks().help()).containsText("allowedNetworks: network 1 must be an IP address");
        assertThat(edit.networks().input()).isFocused();
    }

    @Test
    void theNetworksOfTheRealmAreNamedAndOthersAreRefused(Chromium chromium) {
        Realm realm = Realm.fresh("networks-page");
        realm.newUser("robin");
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, realm.server(), realm.name(), "robin", AccountConsole.TOKENS)
                .tokens();
        CreateForm form = tokens.startCreation();
        form.networks().input().fill("192.0.2.0/24\n203.0.113.7");
        form.create("office").close();

        // Here, the token does not use it, but the page.
        setNetworks(realm, "10.0.0.0/8 192.0.2.0/25");
        EditForm edit = tokens.startEdit("office");
        assertThat(edit.networks().help()).containsText("This realm allows only: 10.0.0.0/8, 192.0.2.0/25.");
        edit.name().fill("renamed");
        edit.save();
        assertThat(tokens.networks("renamed")).hasText("Only from 192.0.2.0/24, 203.0.113.7/32");
        tokens.startEdit("renamed").networks().input().fill("192.0.2.0/24\n203.0.113.8");
        edit.save();
        assertThat(edit.networks().help())
                .hasText("“203.0.113.8” is outside the networks that this realm allows: 10.0.0.0/8, 192.0.2.0/25.");
        edit.networks().input().fill("192.0.2.0/24\n10.0.0.1");
        edit.save();
        assertThat(tokens.networks("renamed")).hasText("Only from 192.0.2.0/24, 10.0.0.1/32");

        tokens.startCreation();
        form.name().fill("home");
        form.networks().input().fill("10.0.0.0/24");
        setNetworks(realm, "2001:db8::/32");
        form.submit();
        assertThat(form.networks().help())
                .hasText("This realm does not allow tokens to be used from 10.0.0.0/24; choose from these networks:"
                        + " 2001:db8::/32.");
        realm.delete();
    }

    @Test
    void aLongListIsCollapsed(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens =
                open(page, People.newUser(), "10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24", "10.0.4.0/24");
        assertThat(tokens.networks("office")).hasText("Only from 10.0.0.0/24, 10.0.1.0/24, 10.0.2.0/24 and 2 more");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("and 2 more networks of office"))
                .click();
        assertThat(tokens.networks("office")).containsText("10.0.3.0/24, 10.0.4.0/24 Show fewer");
    }

    @Test
    void theFieldIsFilledInWithTheKeyboardAndKeptDuringReauthentication(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens();
        CreateForm form = tokens.startCreation();
        page.keyboard().type("office");
        KeyboardIT.tabTo(page, form.networks().input());
        page.keyboard().type("10.0.0.0/8");
        page.keyboard().press("Enter");
        page.keyboard().type("2001:db8::/32");
        assertThat(form.networks().input()).hasValue("10.0.0.0/8\n2001:db8::/32");
        Intercepted.first(
                page,
                "POST",
                route -> Intercepted.challenge(
                        route, "Bearer error=\"insufficient_user_authentication\", max_age=\"3600\""));
        form.submit();
        assertThat(page.getByText("Your entries were kept.")).isVisible();
        assertThat(form.networks().input()).hasValue("10.0.0.0/8\n2001:db8::/32");
        form.create("office").close();

        EditForm edit = tokens.startEdit("office");
        boolean[] challenged = {false};
        page.route("**/realms/qa-hub/api-tokens/*", route -> {
            if (route.request().method().equals("PATCH") && !challenged[0]) {
                challenged[0] = true;
                Intercepted.challenge(route, "Bearer error=\"insufficient_user_authentication\", max_age=\"3600\"");
            } else {
                route.resume();
            }
        });
        edit.networks().input().fill("192.0.2.0/24");
        edit.save();
        assertThat(page.getByText("Your changes were kept.")).isVisible();
        assertThat(edit.networks().input()).hasValue("192.0.2.0/24");
        edit.save();
        assertThat(tokens.networks("office")).hasText("Only from 192.0.2.0/24");
    }

    /** Sends a request on with an invalid network, so that the server responds with its own error. */
    private static void sendWrongNetwork(Route route) {
        if (List.of("POST", "PATCH").contains(route.request().method())) {
            String body = route.request().postData().replaceFirst("}$", ",\"allowedNetworks\":[\"office\"]}");
            route.resume(new Route.ResumeOptions().setPostData(body));
        } else {
            route.resume();
        }
    }

    private static TokensPage open(Page page, String user, String... networks) {
        String json = "{\"name\":\"office\",\"scopes\":[\"read\"],\"allowedNetworks\":[\"%s\"]}"
                .formatted(String.join("\",\"", networks));
        int status = REALM.create(REALM.signIn(user), json).status();
        assertEquals(201, status);
        return AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
    }

    private static void setNetworks(Realm realm, String networks) {
        realm.admin(
                "PUT",
                "",
                "{\"realm\":\"%s\",\"attributes\":{\"apiTokens.allowedNetworks\":\"%s\"}}"
                        .formatted(realm.name(), networks));
    }

    /** The networks of all tokens of the user, as the server states them. */
    private static List<String> networks(String user) {
        JsonNode list = REALM.list(REALM.signIn(user), "").json();
        assertTrue(list.size() <= 1);
        return list.findValues("allowedNetworks").stream()
                .flatMap(networks -> networks.valueStream())
                .map(JsonNode::asText)
                .toList();
    }
}
