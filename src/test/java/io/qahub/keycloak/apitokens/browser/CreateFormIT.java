package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The form in a realm that defines no scopes: what it offers, its validation and its messages. */
@Tag("browser")
@BrowserTest
class CreateFormIT {
    @Test
    void aLinkPrefillsTheForm(Chromium chromium) {
        Page page = chromium.newPage();
        AccountConsole console = AccountConsole.open(
                page,
                People.newUser(),
                AccountConsole.TOKENS + "?name=ci&scopes=read,write"
                        + "&description=Nightly%20run%20%26%20upload&expires_in_days=14");
        CreateForm form = console.tokens().form();
        assertThat(form.name()).hasValue("ci");
        assertThat(form.scope("read")).isChecked();
        assertThat(form.scope("write")).isChecked();
        assertThat(form.description()).hasValue("Nightly run & upload");
        assertThat(form.expiry()).hasText("14 days");
        page.keyboard().press("Escape");
        assertThat(page).hasURL(console.url(AccountConsole.TOKENS));
        assertThat(console.tokens().heading()).isFocused();
    }

    @Test
    void anExpiryIsChosenFromTheList(Chromium chromium) {
        TokensPage tokens = AccountConsole.open(chromium.newPage(), People.newUser(), AccountConsole.TOKENS)
                .tokens();
        Map<String, String> shown = Map.of(
                "7 days", "in 7 days",
                "30 days", "in 30 days",
                "60 days", "in 60 days",
                "90 days", "in 90 days",
                "No expiry", "Never");
        shown.forEach((choice, inTheList) -> {
            CreateForm form = tokens.startCreation();
            form.chooseExpiry(choice);
            form.create(choice).close();
            assertThat(tokens.row(choice).locator("[data-label=Expires]")).hasText(inTheList);
        });
    }

    @Test
    void aTokenCanExpireOnADate(Chromium chromium) {
        TokensPage tokens = AccountConsole.open(chromium.newPage(), People.newUser(), AccountConsole.TOKENS)
                .tokens();
        CreateForm form = tokens.startCreation();
        assertOffersOnlyReadAndWrite(form);
        form.chooseExpiry("Custom date");
        form.date().fill(LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(10).toString());
        form.create("dated").close();
        assertThat(tokens.row("dated").locator("[data-label=Expires] time"))
                .hasAttribute("title", Pattern.compile(".*20\\d\\d.*11:59 PM.*"));
        assertThat(tokens.row("dated").locator("[data-label=Scopes]")).hasText("read");
        assertThat(tokens.row("dated").locator("[data-label=Organization]")).hasCount(0);
    }

    @Test
    void invalidInputIsReportedAtItsField(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        form.scope("read").uncheck();
        form.chooseExpiry("Custom date");
        form.submit();
        assertThat(page.getByText("Give the token a name.")).isVisible();
        assertThat(page.getByText("Choose at least one scope.")).isVisible();
        assertThat(page.getByText("Enter a date.")).isVisible();
        assertThat(form.name()).isFocused();
        form.name().fill("x".repeat(101));
        form.date().fill("2020-01-01");
        form.submit();
        assertThat(page.getByText("The name can have at most 100 characters.")).isVisible();
        assertThat(page.getByText("The date must not be in the past.")).isVisible();
    }

    @Test
    void anErrorOfTheServerIsShownAtTheFieldThatItNames(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        page.route(
                "**/api-tokens",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(400)
                        .setContentType("application/json")
                        .setBody("{\"error\":\"invalid_request\",\"error_description\":\"The name is reserved.\"}")));
        form.name().fill("admin");
        form.submit();
        assertThat(page.locator("#api-token-name-help")).hasText("The name is reserved.");
        assertThat(form.name()).hasValue("admin");
    }

    private static void assertOffersOnlyReadAndWrite(CreateForm form) {
        assertThat(form.scopes()).hasCount(2);
        assertThat(form.scope("read")).isChecked();
        assertThat(form.scope("write")).not().isChecked();
        assertThat(form.groups()).hasCount(0);
        assertThat(form.scopeSearch()).hasCount(0);
        assertThat(form.organization()).hasCount(0);
    }
}
