package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The main scenario of owners: create a token and later revoke it. */
@Tag("container")
@BrowserTest
class TokenStoryIT {
    private static final String EVERYTHING_STORED =
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state])";

    @Test
    void aCopiedTokenWorksUntilItsOwnerRevokesIt(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens();
        assertThat(page.getByText("No API tokens yet")).isVisible();

        NewTokenView view = tokens.startCreation().create("nightly");
        String token = view.copy();
        assertTrue(token.matches("qh_[0-9a-z]{6}_[0-9A-Za-z]{36}"), "the clipboard contains no token");
        assertEquals(token, view.token().textContent());
        assertTrue(Realm.QA_HUB.isActive(token));

        view.close();
        assertThat(tokens.row("nightly")).containsText(token.substring(0, 9) + "…");
        tokens.revoke("nightly");
        assertFalse(Realm.QA_HUB.isActive(token));
        assertThat(tokens.row("nightly")).isHidden();
        tokens.filter("Revoked");
        assertThat(tokens.row("nightly")).containsText("Revoked");
    }

    @Test
    void otherUsersDoNotSeeTheToken(Chromium chromium) {
        Page first = chromium.newPage();
        AccountConsole.open(first, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation()
                .create("private")
                .close();
        Page second = chromium.newPage();
        AccountConsole.open(second, People.newUser(), AccountConsole.TOKENS);
        assertThat(second.getByText("No API tokens yet")).isVisible();
        assertThat(second.getByText("private")).isHidden();
    }

    @Test
    void theSecretIsInNoBrowserStorageUrlOrLog(Chromium chromium) {
        Page page = chromium.newPage();
        List<String> written = new ArrayList<>();
        page.onConsoleMessage(message -> written.add(message.text()));
        page.onRequest(request -> written.add(request.url()));
        NewTokenView view = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation()
                .create("secret");
        String secret = view.token().textContent().substring("qh_abc123_".length());
        assertFalse(((String) page.evaluate(EVERYTHING_STORED)).contains(secret));
        view.close();
        assertFalse(((String) page.evaluate(EVERYTHING_STORED)).contains(secret));
        assertFalse(page.content().contains(secret), "the secret is still on the page after closing");
        assertFalse(String.join("\n", written).contains(secret));
        assertFalse(Keycloak.get().log().contains(secret));
    }

    @Test
    void theTokenIsShownAgainAfterNavigatingBackAndForwardUntilTheDialogIsClosed(Chromium chromium) {
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(page, People.newUser(), "");
        console.openByMenu();
        NewTokenView view = console.tokens().startCreation().create("kept");
        String token = view.token().textContent();

        page.keyboard().press("Escape");
        assertEquals(token, view.token().textContent(), "an accidental key press closed the dialog");
        page.goBack();
        assertThat(view.token()).isHidden();
        page.goForward();
        assertThat(view.token()).hasText(token);

        view.close();
        page.goBack();
        page.goForward();
        console.assertIsAtTokens();
        assertThat(console.tokens().row("kept")).isVisible();
        assertThat(view.token()).isHidden();
    }

    @Test
    void severalTokensAreRevokedTogether(Chromium chromium) {
        String user = People.newUser();
        String bearer = Realm.QA_HUB.signIn(user);
        List<String> created = List.of("one", "two", "three").stream()
                .map(name -> Realm.QA_HUB.newToken(bearer, name).path("token").asText())
                .toList();
        Page page = chromium.newPage();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        tokens.row("one").locator("input").check();
        tokens.row("three").locator("input").check();
        page.locator("#revoke-selected").click();
        assertThat(tokens.dialog()).containsText("one");
        assertThat(tokens.dialog()).containsText("three");
        assertThat(tokens.dialog()).not().containsText("two");
        tokens.confirm();
        assertThat(tokens.rows()).hasCount(1);
        assertEquals(
                List.of(false, true, false),
                created.stream().map(Realm.QA_HUB::isActive).toList());
    }
}
