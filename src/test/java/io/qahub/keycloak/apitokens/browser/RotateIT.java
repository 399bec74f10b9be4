package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners rotate a token and are told when the previous secret stops working. */
@Tag("browser")
@BrowserTest
class RotateIT {
    private static Realm realm;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("rotate-page");
        policy("");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void theNewSecretIsShownOnceAndTheOldOneStopsWorkingImmediately(Chromium chromium) {
        Page page = chromium.newPage();
        Scene scene = open(page, "nightly");
        RotateForm form = scene.tokens().startRotation("nightly");
        assertThat(form.overlap()).hasText("Stops working immediately");
        assertThat(form.overlap()).isFocused();
        assertThat(form.overlapHelp()).containsText("stop working as soon as you rotate it");
        assertThat(form.expiry().expiry()).hasText("Keep current expiry");
        assertTrue(realm.isActive(scene.old()), "the token was rotated before confirmation");

        NewTokenView view = form.rotate();
        String renewed = view.copy();
        assertEquals(scene.old().substring(0, 9), renewed.substring(0, 9));
        assertNotEquals(scene.old(), renewed);
        assertThat(scene.tokens().dialog()).containsText("API token rotated");
        assertThat(scene.tokens().dialog()).containsText("The old token no longer works.");
        assertFalse(realm.isActive(scene.old()));
        assertTrue(realm.isActive(renewed));
        view.close();
        assertThat(scene.tokens().rotateButton("nightly")).isFocused();
        assertFalse(page.content().contains(renewed), "the new token is still on the page after closing");
    }

    @Test
    void theOldSecretWorksForTheChosenOverlap(Chromium chromium) {
        Page page = chromium.newPage();
        Scene scene = open(page, "overlapping");
        RotateForm form = scene.tokens().startRotation("overlapping");
        form.chooseOverlap("Works for 8 more hours");
        assertThat(form.overlapHelp()).containsText("Both tokens work until");
        form.expiry().chooseExpiry("90 days");
        NewTokenView view = form.rotate();
        assertThat(scene.tokens().dialog()).containsText("The old token works until");
        assertTrue(realm.isActive(scene.old()));
        assertTrue(realm.isActive(view.token().textContent()));
        view.close();
        assertThat(scene.tokens().row("overlapping").locator("[data-label=Expires]"))
                .hasText("in 90 days");
    }

    @Test
    void theNewSecretIsShownAgainAfterNavigatingBackAndForward(Chromium chromium) {
        Page page = chromium.newPage();
        Scene scene = open(page, "kept", "");
        scene.console().openByMenu();
        RotateForm form = scene.tokens().startRotation("kept");
        String renewed = form.rotate().token().textContent();
        page.keyboard().press("Escape");
        NewTokenView view = new NewTokenView(page);
        assertThat(view.token()).hasText(renewed);
        page.goBack();
        assertThat(view.token()).isHidden();
        page.goForward();
        assertThat(view.token()).hasText(renewed);
        assertThat(scene.tokens().dialog()).containsText("API token rotated");
        view.close();
        assertThat(scene.tokens().row("kept")).isVisible();
    }

    @Test
    void aTokenIsRotatedWithTheKeyboardOnly(Chromium chromium) {
        Page page = chromium.newPage();
        Scene scene = open(page, "typed");
        KeyboardIT.tabTo(page, scene.tokens().rotateButton("typed"));
        page.keyboard().press("Enter");
        RotateForm form = scene.tokens().rotation();
        assertThat(form.overlap()).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.OPTION).first()).isFocused();
        page.keyboard().press("ArrowDown");
        assertThat(page.getByRole(AriaRole.OPTION).nth(1)).isFocused();
        page.keyboard().press("Enter");
        assertThat(form.overlap()).hasText("Works for 1 more hour");
        KeyboardIT.tabTo(page, page.locator("#confirm-rotate"));
        page.keyboard().press("Enter");
        assertThat(page.locator("#new-api-token-copy")).isFocused();
        KeyboardIT.tabTo(page, page.locator("#new-api-token-done"));
        page.keyboard().press("Enter");
        assertThat(scene.tokens().rotateButton("typed")).isFocused();
    }

    @Test
    void theListShowsWhichTokensExpireSoonAndTheirLastUse(Chromium chromium) {
        Page page = chromium.newPage();
        policy(",\"apiTokens.recordAddress\":\"true\"");
        String user = "reader-" + System.nanoTime();
        realm.newUser(user);
        String bearer = realm.signIn(user);
        expiring(bearer, "a week", Duration.ofDays(7).plusMinutes(5));
        String soon = expiring(bearer, "sooner", Duration.ofDays(7).minusMinutes(1));
        realm.revoke(bearer, realm.newToken(bearer, "gone").path("id").asText());
        useFrom("10.1.2.3", soon);
        Intercepted.createdEarlier(page);
        AccountConsole console = AccountConsole.open(page, realm.server(), realm.name(), user, AccountConsole.TOKENS);
        TokensPage tokens = console.tokens();
        assertThat(tokens.row("a week").locator("[data-label=Status]")).hasText("Active");
        assertThat(tokens.row("sooner").locator("[data-label=Status]")).hasText("Expires soon");
        assertThat(tokens.row("a week").locator("[data-label='Last used']")).hasText("Never");
        page.waitForTimeout(2_000);
        page.reload();
        assertThat(tokens.row("sooner").locator("[data-label='Last used']"))
                .hasText(Pattern.compile("(now|seconds? ago|minute ago).*from 10\\.1\\.2\\.3"));
        tokens.filter("Revoked");
        assertThat(tokens.row("gone")).isVisible();
        assertThat(tokens.rotateButton("gone")).isHidden();
        policy("");
    }

    /** The test server trusts X-Forwarded-For. */
    private static void useFrom(String address, String token) {
        assertTrue(realm.call("POST", Realm.OWN_ENDPOINT)
                .basic("qa-hub-api", "qa-hub-api-secret")
                .header("X-Forwarded-For", address)
                .form(Map.of("token", token))
                .send()
                .json()
                .path("active")
                .asBoolean());
    }

    private static String expiring(String bearer, String name, Duration in) {
        JsonNode made = realm.create(
                        bearer,
                        "{\"name\":\"%s\",\"scopes\":[\"read\"],\"expiresAt\":\"%s\"}"
                                .formatted(name, Instant.now().plus(in)))
                .json();
        return made.path("token").asText();
    }

    private static Scene open(Page page, String token) {
        Scene scene = open(page, token, AccountConsole.TOKENS);
        assertThat(scene.tokens().row(token)).isVisible();
        return scene;
    }

    private static Scene open(Page page, String token, String path) {
        String user = token + "-" + System.nanoTime();
        realm.newUser(user);
        String old = realm.newToken(realm.signIn(user), token).path("token").asText();
        return new Scene(AccountConsole.open(page, realm.server(), realm.name(), user, path), user, old);
    }

    private static void policy(String more) {
        String json =
                "{\"realm\":\"rotate-page\",\"attributes\":{\"apiTokens.allowedClients\":\"account-console qa-hub-cli\""
                        + more + "}}";
        assertEquals(204, realm.admin("PUT", "", json).status());
    }

    /** The page, opened by a user with one token. */
    private record Scene(AccountConsole console, String user, String old) {
        TokensPage tokens() {
            return console.tokens();
        }
    }
}
