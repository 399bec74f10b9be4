package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners end the overlap after a rotation early, and renew expired tokens. */
@Tag("browser")
@BrowserTest
class OverlapPageIT {
    private static final Realm REALM = Realm.QA_HUB;

    @Test
    void theSecretBeforeARotationIsEndedEarly(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        String bearer = REALM.signIn(user);
        String old = REALM.newToken(bearer, "nightly").path("token").asText();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.row("nightly")).isVisible();
        assertThat(page.locator(".qh-previous")).hasCount(0);
        RotateForm form = tokens.startRotation("nightly");
        form.chooseOverlap("Works for 8 more hours");
        NewTokenView view = form.rotate();
        String current = view.token().textContent();
        view.close();
        assertThat(page.locator(".qh-previous")).containsText("Old token works until");

        tokens.endPreviousButton("nightly").click();
        assertThat(tokens.dialog()).containsText("End the old token now?");
        LanguagesIT.assertNoKeys(page);
        Accessibility.assertNoViolation(page, "end the old token");
        page.keyboard().press("Escape");
        assertThat(tokens.endPreviousButton("nightly")).isFocused();
        assertTrue(REALM.isActive(old), "ended before confirmation");
        tokens.endPreviousButton("nightly").click();
        page.locator("#confirm-end-previous").click();
        assertThat(page.getByText("The old token of “nightly” no longer works")).isVisible();
        assertThat(page.locator(".qh-previous")).hasCount(0);
        assertThat(tokens.heading()).isFocused();
        assertFalse(REALM.isActive(old));
        assertTrue(REALM.isActive(current));
    }

    @Test
    void aFailureToEndItIsReportedAndCanBeRepeated(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        String bearer = REALM.signIn(user);
        JsonNode old = REALM.newToken(bearer, "nightly");
        REALM.call("POST", "/api-tokens/" + old.path("id").asText() + "/rotate")
                .bearer(bearer)
                .json("{\"overlapSeconds\":3600}")
                .send();
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        tokens.endPreviousButton("nightly").click();
        page.route("**/previous-secret", route -> {
            route.fetch();
            route.abort();
        });
        page.locator("#confirm-end-previous").click();
        assertThat(tokens.dialog()).containsText("The server cannot be reached");
        Accessibility.assertNoViolation(page, "the old token could not be ended");
        page.unroute("**/previous-secret");
        page.locator("#confirm-end-previous").click();
        assertThat(tokens.dialog()).hasCount(0);
        assertThat(page.locator(".qh-previous")).hasCount(0);
        assertFalse(REALM.isActive(old.path("token").asText()));
    }

    @Test
    void anExpiredTokenIsRenewed(Chromium chromium) {
        Page page = chromium.newPage();
        String user = People.newUser();
        String bearer = REALM.signIn(user);
        Instant expiresAt = Instant.now().plus(Duration.ofSeconds(2));
        String json = "{\"name\":\"nightly\",\"scopes\":[\"read\"],\"expiresAt\":\"%s\"}";
        String old = REALM.create(bearer, json.formatted(expiresAt))
                .json()
                .path("token")
                .asText();
        page.waitForTimeout(Duration.between(Instant.now(), expiresAt).toMillis() + 500.0);
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(tokens.row("nightly").locator("[data-label=Status]")).hasText("Expired");
        assertThat(tokens.rotateButton("nightly")).hasText("Renew");
        RotateForm form = tokens.startRotation("nightly");
        assertThat(tokens.dialog()).containsText("Renew API token?");
        assertThat(form.overlap()).hasCount(0);
        assertThat(form.expiry().expiry()).isFocused();
        assertThat(form.expiry().expiry()).hasText("30 days");
        assertFalse(form.expiry().lifetimes().contains("Keep current expiry"));
        LanguagesIT.assertNoKeys(page);
        Accessibility.assertNoViolation(page, "renewal");
        NewTokenView view = form.rotate();
        assertThat(tokens.dialog()).containsText("API token renewed");
        assertTrue(REALM.isActive(view.token().textContent()));
        assertFalse(REALM.isActive(old));
        view.close();
        assertThat(tokens.row("nightly").locator("[data-label=Status]")).hasText("Active");
        assertThat(tokens.row("nightly").locator("[data-label=Expires]")).hasText("in 30 days");
        assertThat(tokens.rotateButton("nightly")).hasText("Rotate");
    }
}
