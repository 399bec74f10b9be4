package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server creates a token, but the page does not receive the answer; or the user leaves before copying it. */
@Tag("browser")
@BrowserTest
class LostAnswersIT {
    private static final String FOUND = "The token was created, but it was not shown";
    private static final String REPEATED = "The first attempt created the token, but it was not shown";

    @Test
    void aTokenThatWasNotShownIsFoundAndRevokedBeforeTheNextAttempt(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        String bearer = Realm.QA_HUB.signIn(user);
        Realm.QA_HUB.newToken(bearer, "ci");
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.rows()).hasCount(1);
        CreateForm form = tokens.startCreation();
        Intercepted.every(page, "POST", LostAnswersIT::lose);
        form.name().fill("ci");
        form.submit();
        assertThat(page.getByText("The server cannot be reached")).isVisible();
        assertThat(page.getByText(FOUND)).isVisible();
        assertThat(tokens.rows()).hasCount(2);
        assertThat(button(page, "Try again")).hasCount(0);
        LanguagesIT.assertNoKeys(page);
        Accessibility.assertNoViolation(page, "a token that was not shown");
        Intercepted.none(page);

        form.submit();
        assertThat(page.getByText(REPEATED)).isVisible();
        assertEquals(2, Realm.QA_HUB.list(bearer, "").json().size(), "the second attempt created another token");
        assertThat(page.getByText("The server rejected the request")).hasCount(0);
        page.locator("#revoke-unseen").click();
        assertThat(page.getByText("The token that was not shown was revoked")).isVisible();
        assertThat(tokens.rows()).hasCount(1);
        form.submit();
        assertTrue(Realm.QA_HUB.isActive(new NewTokenView(page).token().textContent()));
        assertEquals(2, Realm.QA_HUB.list(bearer, "").json().size());
    }

    @Test
    void tryingAgainCreatesOneTokenWhetherOrNotTheServerReceivedTheFirstAttempt(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        String bearer = Realm.QA_HUB.signIn(user);
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        CreateForm form = tokens.startCreation();
        Intercepted.every(page, "POST", Route::abort);
        form.name().fill("not received");
        form.submit();
        assertThat(page.getByText("If you try again, no second token is created."))
                .isVisible();
        Intercepted.none(page);
        button(page, "Try again").click();
        new NewTokenView(page).close();
        assertEquals(1, Realm.QA_HUB.list(bearer, "").json().size());

        tokens.startCreation();
        form.name().fill("received");
        page.route("**/realms/qa-hub/api-tokens", route -> {
            page.route("**/api-tokens?*", Route::abort); // before the page learns that the response is lost
            lose(route);
        });
        form.submit();
        assertThat(button(page, "Check again")).isEnabled();
        page.unroute("**/realms/qa-hub/api-tokens");
        page.unroute("**/api-tokens?*");
        button(page, "Try again").click();
        assertThat(page.getByText(REPEATED)).isVisible();
        assertEquals(2, Realm.QA_HUB.list(bearer, "").json().size());
        LanguagesIT.assertNoKeys(page);
        Accessibility.assertNoViolation(page, "a repeated attempt");
    }

    @Test
    void tryingAgainRotatesOnceWhetherOrNotTheServerReceivedTheFirstAttempt(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        String bearer = Realm.QA_HUB.signIn(user);
        String old = Realm.QA_HUB.newToken(bearer, "rotated").path("token").asText();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        RotateForm form = tokens.startRotation("rotated");
        page.route("**/rotate", Route::abort);
        form.submit();
        assertThat(page.getByText("If you try again, it is not rotated a second time."))
                .isVisible();
        assertTrue(Realm.QA_HUB.isActive(old));
        page.unroute("**/rotate");
        button(page, "Try again").click();
        NewTokenView view = new NewTokenView(page);
        String first = view.token().textContent();
        view.close();

        tokens.startRotation("rotated");
        page.route("**/rotate", LostAnswersIT::lose);
        form.submit();
        assertThat(page.getByText("The token may have been rotated anyway.")).isVisible();
        assertFalse(Realm.QA_HUB.isActive(first));
        page.unroute("**/rotate");
        button(page, "Try again").click();
        assertThat(page.getByText("The first attempt rotated the token, but the new one was not shown"))
                .isVisible();
        assertThat(button(page, "Try again")).hasCount(0);
        Accessibility.assertNoViolation(page, "a repeated rotation");
        form.submit();
        assertTrue(Realm.QA_HUB.isActive(view.token().textContent()));
    }

    @Test
    void aTokenOfAClientThatWasNotShownIsFoundAndRevoked(Chromium chromium) {
        Realm.QA_HUB.admin(
                "POST", "/clients", "{\"clientId\":\"loser\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(page, AdminConsole.TOKENS).tokens();
        page.locator("#create-api-token").click();
        page.locator("#api-token-client").fill("loser");
        CreateForm form = new CreateForm(page);
        form.name().fill("lost export");
        page.route("**/admin/realms/qa-hub/api-tokens", LostAnswersIT::lose);
        form.submit();
        assertThat(page.getByText(FOUND)).isVisible();
        assertThat(tokens.row("lost export")).hasCount(1);
        page.unroute("**/admin/realms/qa-hub/api-tokens");
        page.locator("#revoke-unseen").click();
        assertThat(tokens.row("lost export")).hasCount(0);
        button(page, "Try again").click();
        new NewTokenView(page).close();
        tokens.search().fill("lost export");
        assertThat(tokens.row("lost export")).hasCount(1);
    }

    @Test
    void tryingAgainCreatesOneTokenForAClient(Chromium chromium) {
        Realm.QA_HUB.admin(
                "POST", "/clients", "{\"clientId\":\"repeater\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}");
        Page page = chromium.newPage();
        AdminTokensPage tokens = AdminConsole.open(page, AdminConsole.TOKENS).tokens();
        page.locator("#create-api-token").click();
        page.locator("#api-token-client").fill("repeater");
        CreateForm form = new CreateForm(page);
        form.name().fill("repeated export");
        page.route("**/admin/realms/qa-hub/api-tokens", route -> {
            page.route("**/api-tokens?*", Route::abort); // before the page learns that the response is lost
            lose(route);
        });
        form.submit();
        assertThat(page.getByText("If you try again, no second token is created."))
                .isVisible();
        assertThat(button(page, "Check again")).isEnabled();
        page.unroute("**/admin/realms/qa-hub/api-tokens");
        page.unroute("**/api-tokens?*");
        button(page, "Try again").click();
        assertThat(page.getByText(REPEATED)).isVisible();
        LanguagesIT.assertNoKeys(page);
        Accessibility.assertNoViolation(page, "a repeated attempt");
        Layout.assertFitsAtEveryWidth(page, "a repeated attempt");
        page.locator("#revoke-unseen").click();
        form.submit();
        new NewTokenView(page).close();
        page.navigate(page.url() + "?status=all&user=service-account-repeater");
        assertThat(tokens.rows()).hasCount(2);
        assertThat(tokens.rows().filter(new Locator.FilterOptions().setHasText("Active")))
                .hasCount(1);
    }

    @Test
    void anErrorThatTheProviderReportsLeavesNoDoubt(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        form.name().fill("ci");
        Intercepted.every(
                page,
                "POST",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/json")
                        .setBody("{\"error\":\"temporarily_unavailable\"}")));
        form.submit();
        assertThat(page.getByText("It responded with status 503.")).isVisible();
        assertThat(page.getByText("may have been created anyway")).hasCount(0);
        Intercepted.none(page);
        Intercepted.every(page, "POST", route -> Intercepted.fail(route, 502));
        form.submit();
        assertThat(page.getByText("may have been created anyway")).isVisible();
        assertThat(button(page, "Check again")).isEnabled();
    }

    @Test
    void theDialogStaysOpenWhileTheRequestRuns(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens();
        CreateForm form = tokens.startCreation();
        List<Route> held = new ArrayList<>();
        Intercepted.every(page, "POST", held::add);
        form.name().fill("slow");
        form.submit();
        assertThat(button(page, "Cancel")).isDisabled();
        page.keyboard().press("Escape");
        closeButton(page).click();
        assertThat(form.name()).isVisible();
        page.waitForCondition(() -> !held.isEmpty());
        held.get(0).resume();
        new NewTokenView(page).close();

        RotateForm rotation = tokens.startRotation("slow");
        held.clear();
        page.route("**/rotate", held::add);
        rotation.submit();
        assertThat(button(page, "Cancel")).isDisabled();
        page.keyboard().press("Escape");
        assertThat(rotation.overlap()).isVisible();
        page.waitForCondition(() -> !held.isEmpty());
        held.get(0).resume();
        new NewTokenView(page).close();
    }

    @Test
    void escapeClosesAnOpenListOfChoicesAndNotTheDialog(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        form.name().fill("typed");
        form.expiry().click();
        assertThat(page.getByRole(AriaRole.OPTION).first()).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.OPTION)).hasCount(0);
        assertThat(form.name()).hasValue("typed");
        assertThat(form.expiry()).isFocused();
        page.keyboard().press("Escape");
        assertThat(form.name()).hasCount(0);
    }

    @Test
    void leavingWithoutHavingCopiedTheTokenIsConfirmed(Chromium chromium) {
        Page page = chromium.newPage();
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        TokensPage tokens = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens();
        NewTokenView view = tokens.startCreation().create("first");
        closeButton(page).click();
        assertThat(page.getByText("You have not copied the token")).isVisible();
        assertThat(page.locator("#new-api-token-back")).isFocused();
        LanguagesIT.assertNoKeys(page);
        Accessibility.assertNoViolation(page, "leaving without copying");
        page.keyboard().press("Enter");
        assertThat(page.locator("#new-api-token-copy")).isFocused();
        List<String> asked = new ArrayList<>();
        page.onceDialog(dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
        });
        page.evaluate("() => setTimeout(() => location.reload())");
        page.waitForCondition(() -> asked.equals(List.of("beforeunload")));
        assertThat(view.token()).isVisible();
        page.keyboard().press("Escape");
        page.locator("#new-api-token-leave").click();
        assertThat(view.token()).hasCount(0);

        tokens.startCreation().create("second");
        page.locator("#api-token-secrets-copy").click();
        assertThat(page.getByText("Copied").first()).isVisible();
        closeButton(page).click();
        assertThat(view.token()).hasCount(0);
        page.reload();
        assertThat(tokens.row("second")).isVisible();
        assertEquals(1, asked.size(), "the browser asked although the token was copied");
    }

    @Test
    void aTokenThatIsSelectedAndCopiedCounts(Chromium chromium) {
        Page page = chromium.newPage();
        NewTokenView view = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation()
                .create("selected");
        view.token().evaluate("element => getSelection().selectAllChildren(element)");
        page.keyboard().press("Control+c");
        page.keyboard().press("Escape");
        assertThat(view.token()).hasCount(0);
    }

    /** The server carries out the request, but the page receives no answer. */
    private static void lose(Route route) {
        if (route.request().method().equals("POST")) {
            route.fetch();
            route.abort();
        } else {
            route.resume();
        }
    }

    private static Locator closeButton(Page page) {
        return page.locator(".pf-v5-c-modal-box__close button");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
