package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No state of the page violates WCAG 2.1 A or AA as far as axe-core can tell. */
@Tag("browser")
@BrowserTest
class AccessibilityIT {
    @ParameterizedTest
    @CsvSource({"LIGHT,1280", "DARK,1280", "LIGHT,375", "DARK,375"})
    void noStateViolatesWcag(ColorScheme colors, int width, Chromium chromium) {
        Page page = chromium.newPage(
                new Browser.NewContextOptions().setColorScheme(colors).setViewportSize(width, 800));
        String user = People.newUser();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(page.getByText("No API tokens yet")).isVisible();
        Accessibility.assertNoViolation(page, "no tokens");

        CreateForm form = tokens.startCreation();
        Accessibility.assertNoViolation(page, "form");
        form.chooseExpiry("Custom date");
        form.description().fill("x".repeat(501));
        form.networks().input().fill("office");
        form.submit();
        Accessibility.assertNoViolation(page, "form with invalid input");
        form.chooseExpiry("30 days");
        form.description().fill("Stored in the vault. " + "x".repeat(200));
        form.networks().input().fill("10.0.0.0/8 10.1.0.0/16 192.0.2.0/24 198.51.100.0/24 2001:db8::/32");
        NewTokenView view = form.create("first");
        Accessibility.assertNoViolation(page, "shown once");
        view.close();

        String bearer = Realm.QA_HUB.signIn(user);
        Realm.QA_HUB.revoke(
                bearer, Realm.QA_HUB.newToken(bearer, "gone").path("id").asText());
        tokens.filter("All");
        assertThat(tokens.rows()).hasCount(2);
        Accessibility.assertNoViolation(page, "list");
        page.locator("#api-tokens-status").click();
        Accessibility.assertNoViolation(page, "list with the filter open");
        page.keyboard().press("Escape");
        RotateForm rotation = tokens.startRotation("first");
        Accessibility.assertNoViolation(page, "rotation");
        rotation.chooseOverlap("Works for 1 more hour");
        rotation.rotate();
        Accessibility.assertNoViolation(page, "rotated");
        view.close();
        assertThat(page.locator(".qh-previous")).isVisible();
        Accessibility.assertNoViolation(page, "list with an overlap");
        tokens.endPreviousButton("first").click();
        Accessibility.assertNoViolation(page, "end of the overlap");
        page.keyboard().press("Escape");
        EditForm edit = tokens.startEdit("first");
        Accessibility.assertNoViolation(page, "edit");
        edit.name().fill("");
        edit.networks().input().fill("10.1.2.3/8");
        edit.save();
        Accessibility.assertNoViolation(page, "edit with invalid input");
        page.keyboard().press("Escape");
        Intercepted.every(page, "POST", route -> route.abort());
        tokens.startCreation();
        form.name().fill("second");
        form.submit();
        assertThat(page.locator(".qh-unseen")).isVisible();
        Accessibility.assertNoViolation(page, "form with a lost answer");
        page.keyboard().press("Escape");
        tokens.startRevocation("first");
        Accessibility.assertNoViolation(page, "confirmation");
    }
}
