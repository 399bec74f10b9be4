package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners describe their tokens, and change name and description without a new secret. */
@Tag("browser")
@BrowserTest
class EditPageIT {
    private static final String TOKEN = "**/realms/qa-hub/api-tokens/*";
    private static final String LONG = "Uploads the results.\nStored in the vault.\n" + "x".repeat(300);

    @Test
    void aTokenIsCreatedWithADescriptionWhichIsEdited(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens();
        CreateForm form = tokens.startCreation();
        form.description().fill(LONG);
        NewTokenView view = form.create("nightly");
        String token = view.token().textContent();
        view.close();
        Locator shown = tokens.row("nightly").locator(".qh-description");
        assertThat(shown).containsText("Stored in the vault.…");
        assertThat(shown).not().containsText("xxx");
        more(shown, "Show the whole description of nightly").click();
        assertThat(shown).containsText("x".repeat(300));
        more(shown, "Show less").click();
        assertThat(shown).not().containsText("xxx");

        EditForm edit = tokens.startEdit("nightly");
        assertThat(edit.name()).isFocused();
        assertThat(edit.name()).hasValue("nightly");
        assertThat(edit.description()).hasValue(LONG);
        edit.name().fill("  release ");
        edit.description().fill("Stored in the vault.");
        edit.save();
        assertThat(page.getByText("API token “release” saved")).isVisible();
        assertThat(tokens.row("release").locator(".qh-description")).hasText("Stored in the vault.");
        assertThat(tokens.editButton("release")).isFocused();
        assertTrue(Realm.QA_HUB.isActive(token));
        tokens.startEdit("release").description().fill("");
        edit.save();
        assertThat(page.locator(".qh-description")).hasCount(0);
    }

    @Test
    void invalidInputIsReportedAtItsField(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = open(page, "ci");
        EditForm edit = tokens.startEdit("ci");
        edit.name().fill(" ");
        edit.description().fill("x".repeat(501));
        edit.save();
        assertThat(page.getByText("Give the token a name.")).isVisible();
        assertThat(edit.descriptionHelp()).hasText("The description can have at most 500 characters.");
        assertThat(edit.name()).isFocused();
        LanguagesIT.assertNoKeys(page);
        Accessibility.assertNoViolation(page, "edit with invalid input");
        edit.name().fill("ci");
        edit.description().fill("a tab\tin the text");
        edit.save();
        assertThat(edit.descriptionHelp()).containsText("must not contain control or invisible characters");
        assertThat(edit.description()).isFocused();

        Intercepted.everyBelow(
                page,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(400)
                        .setContentType("application/json")
                        .setBody("{\"error\":\"invalid_request\",\"error_description\":\"The description is odd.\"}")));
        edit.description().fill("odd");
        edit.save();
        assertThat(edit.descriptionHelp()).hasText("The description is odd.");
        assertThat(edit.description()).hasValue("odd");
    }

    @Test
    void aPastedTokenIsReportedAtOnceAndNotSent(Chromium chromium) {
        Page page = chromium.newPage();
        CreateForm form = AccountConsole.open(page, People.newUser(), AccountConsole.TOKENS)
                .tokens()
                .startCreation();
        form.description().fill("QA_HUB_TOKEN=qh_ab12cd_" + "x".repeat(36));
        assertThat(page.locator("#api-token-description-help")).containsText("must not contain an API token");
        form.name().fill("ci");
        form.submit();
        assertThat(form.description()).isFocused();
        assertThat(new NewTokenView(page).token()).hasCount(0);
    }

    @Test
    void theChangesAreKeptDuringReauthentication(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = open(page, "ci");
        EditForm edit = tokens.startEdit("ci");
        boolean[] challenged = {false};
        page.route(TOKEN, route -> {
            if (route.request().method().equals("PATCH") && !challenged[0]) {
                challenged[0] = true;
                Intercepted.challenge(route, "Bearer error=\"insufficient_user_authentication\", max_age=\"3600\"");
            } else {
                route.resume();
            }
        });
        edit.description().fill("two\nlines");
        edit.save();
        assertThat(page.getByText("Your changes were kept. Check them, then save."))
                .isVisible();
        assertThat(edit.description()).hasValue("two\nlines");
        edit.save();
        assertThat(tokens.row("ci").locator(".qh-description")).hasText("two\nlines");
        page.reload();
        assertThat(tokens.row("ci")).isVisible();
        assertThat(tokens.dialog()).hasCount(0);
    }

    @Test
    void aLostAnswerCanBeRepeatedAndARevokedTokenDisappears(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        String bearer = Realm.QA_HUB.signIn(user);
        JsonNode token = Realm.QA_HUB.newToken(bearer, "ci");
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        EditForm edit = tokens.startEdit("ci");
        page.route(TOKEN, route -> {
            route.fetch();
            route.abort();
        });
        edit.name().fill("renamed");
        edit.save();
        assertThat(page.getByText("The server cannot be reached")).isVisible();
        page.unroute(TOKEN);
        edit.save();
        assertThat(tokens.row("renamed")).isVisible();
        assertEquals(1, Realm.QA_HUB.list(bearer, "").json().size());

        tokens.startEdit("renamed");
        Realm.QA_HUB.revoke(bearer, token.path("id").asText());
        edit.save();
        assertThat(tokens.dialog()).containsText("The token is revoked and can no longer be edited.");
        assertThat(tokens.rows()).hasCount(0);
    }

    private static TokensPage open(Page page, String token) {
        String user = People.newUser();
        Realm.QA_HUB.newToken(Realm.QA_HUB.signIn(user), token);
        return AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
    }

    private static Locator more(Locator description, String name) {
        return description.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
