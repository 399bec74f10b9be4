package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** If the server requires a recent sign-in (RFC 9470), the page requests it and then restores the user's state. */
@Tag("browser")
@BrowserTest
class StepUpIT {
    private static final String CHALLENGE =
            "Bearer error=\"insufficient_user_authentication\", error_description=\"Sign in again.\", max_age=\"%d\"";

    @Test
    void theFormIsRestoredAfterReauthentication(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        CreateForm form =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens().startCreation();
        Intercepted.first(page, "POST", route -> Intercepted.challenge(route, CHALLENGE.formatted(1)));
        form.name().fill("fresh");
        form.scope("write").check();
        form.chooseExpiry("90 days");
        page.waitForTimeout(2_000);
        form.submit();

        assertThat(page.getByText("Please re-authenticate to continue")).isVisible();
        page.locator("#password").fill(user);
        page.locator("#kc-login").click();
        assertThat(page.getByText("Your entries were kept")).isVisible();
        assertThat(form.name()).hasValue("fresh");
        assertThat(form.scope("write")).isChecked();
        assertThat(form.expiry()).hasText("90 days");
        form.submit();
        String token = new NewTokenView(page).token().textContent();
        assertTrue(Realm.QA_HUB.isActive(token));
    }

    @Test
    void theMaximumAgeFromTheServerIsRequestedAtSignIn(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        List<String> visited = new ArrayList<>();
        page.onRequest(request -> visited.add(request.url()));
        Intercepted.first(page, "POST", route -> Intercepted.challenge(route, CHALLENGE.formatted(3600)));
        form.name().fill("recent");
        form.submit();
        assertThat(page.getByText("Your entries were kept")).isVisible();
        assertThat(form.name()).hasValue("recent");
        assertTrue(visited.stream().anyMatch(url -> url.contains("max_age=3600")), visited.toString());
    }

    @Test
    void aDraftIsNotShownToAnotherUserInTheSameTab(Chromium chromium) {
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS);
        CreateForm form = console.tokens().startCreation();
        Intercepted.every(page, "POST", route -> Intercepted.fail(route, 503));
        form.name().fill("mine");
        form.submit();
        assertThat(page.getByText("The server reported an error")).isVisible();
        // Leave the page first: the console detects that the session has ended and redirects to the sign-in page.
        page.navigate("about:blank");
        page.context().clearCookies();
        console.go(AccountConsole.TOKENS);
        console.signIn(People.newUser());
        assertThat(page.getByText("No API tokens yet")).isVisible();
        assertThat(form.name()).isHidden();
    }
}
