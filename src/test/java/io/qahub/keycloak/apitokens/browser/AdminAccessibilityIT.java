package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No state of the admin page violates WCAG 2.1 A or AA as far as axe-core can tell. */
@Tag("browser")
@BrowserTest
class AdminAccessibilityIT {
    private static final String OVERFLOWS =
            "(box => box.scrollWidth > box.clientWidth)(document.querySelector('.pf-v5-c-modal-box__body'))";

    @ParameterizedTest
    @CsvSource({"LIGHT,1280", "DARK,1280", "LIGHT,375", "DARK,375"})
    void noStateViolatesWcag(ColorScheme colors, int width, Chromium chromium) {
        String owner = People.newUser();
        Realm.QA_HUB.create(
                Realm.QA_HUB.signIn(owner),
                "{\"name\":\"first\",\"scopes\":[\"read\"],\"allowedNetworks\":[\"10.0.0.0/8\",\"2001:db8::/32\"]}");
        Page page = chromium.newPage(
                new Browser.NewContextOptions().setColorScheme(colors).setViewportSize(width, 800));
        AdminTokensPage tokens =
                AdminConsole.open(page, AdminConsole.TOKENS + "?user=" + owner).tokens();
        assertThat(tokens.row("first")).isVisible();
        Accessibility.assertNoViolation(page, "list");
        page.locator("#api-tokens-unused").click();
        Accessibility.assertNoViolation(page, "open filter");
        page.keyboard().press("Escape");
        tokens.row("first").locator("button[aria-label^='Actions']").click();
        Accessibility.assertNoViolation(page, "open menu");
        page.keyboard().press("Escape");
        tokens.press("first");
        Accessibility.assertNoViolation(page, "details");
        assertEquals(false, page.evaluate(OVERFLOWS), "the details are wider than their dialog");
        page.locator("#close-details").click();
        page.locator("#revoke-matching").click();
        assertThat(page.locator("#revoke-number")).isVisible();
        Accessibility.assertNoViolation(page, "confirmation");
        tokens.press("Cancel");
        page.locator("#create-api-token").click();
        CreateForm form = new CreateForm(page);
        form.networks().input().fill("office");
        form.submit();
        Accessibility.assertNoViolation(page, "form with invalid input");
        tokens.press("Cancel");
        tokens.search().fill("no such token");
        assertThat(page.getByText("No API tokens found")).isVisible();
        Accessibility.assertNoViolation(page, "nothing found");
        tokens.openTab("policy");
        tokens.policyField("idleDays").fill("soon");
        tokens.policyField("allowedNetworks").fill("office");
        Accessibility.assertNoViolation(page, "policy with an invalid value");
    }
}
