package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page offers what the realm's current policy allows and explains what it does not allow. */
@Tag("browser")
@BrowserTest
class PolicyChoicesIT {
    private static final String OFF = "API tokens cannot be created, rotated or edited at the moment";
    private static Realm realm;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("policy-choices");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @AfterEach
    void reset() {
        policy("");
    }

    @Test
    void maximumAndDefaultLifetimeDetermineTheChoices(Chromium chromium) {
        policy(",\"apiTokens.maxLifetimeDays\":\"45\",\"apiTokens.defaultLifetimeDays\":\"10\"");
        Page page = chromium.newPage();
        TokensPage tokens = open(page, "shaped");
        CreateForm form = tokens.startCreation();
        assertThat(form.expiry()).hasText("10 days");
        assertThat(page.locator("#api-token-expiry-help")).containsText("The maximum lifetime is 45 days.");
        assertEquals(List.of("7 days", "10 days", "30 days", "45 days", "Custom date"), form.lifetimes());
        form.chooseExpiry("45 days");
        form.create("longest").close();
        assertThat(tokens.row("longest").locator("[data-label=Expires]")).hasText("in 45 days");
    }

    @Test
    void theMaximumLifetimeItselfIsOffered(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = open(page, "edge");
        assertOffersMaximum(tokens, "1", "1 day", "1 day");
        assertOffersMaximum(tokens, "7", "7 days", "7 days");
        assertOffersMaximum(tokens, "90", "30 days", "90 days");
        assertOffersMaximum(tokens, "400", "30 days", "400 days");
    }

    private static void assertOffersMaximum(TokensPage tokens, String max, String preselected, String last) {
        policy(",\"apiTokens.maxLifetimeDays\":\"" + max + "\"");
        tokens.page().reload();
        CreateForm form = tokens.startCreation();
        assertThat(form.expiry()).hasText(preselected);
        List<String> options = form.lifetimes();
        assertEquals(List.of(last, "Custom date"), options.subList(options.size() - 2, options.size()));
        form.chooseExpiry(last);
        form.create("at the edge of " + max).close();
        assertThat(tokens.row("at the edge of " + max)).isVisible();
    }

    @Test
    void anExpiryOfALinkThatIsNotAvailableIsNamed(Chromium chromium) {
        policy(",\"apiTokens.maxLifetimeDays\":\"45\"");
        Page page = chromium.newPage();
        realm.newUser("linked");
        AccountConsole console = AccountConsole.open(
                page, realm.server(), realm.name(), "linked", AccountConsole.TOKENS + "?name=ci&expires_in_days=90");
        CreateForm form = console.tokens().form();
        assertThat(form.expiry()).hasText("30 days");
        assertThat(page.locator(".qh-not-offered")).containsText("This expiry is not available: 90 days.");
        Accessibility.assertNoViolation(page, "an expiry that is not available");
        form.chooseExpiry("45 days");
        assertThat(page.locator(".qh-not-offered")).hasCount(0);
        console.go(AccountConsole.TOKENS + "?name=ci&expires_in_days=none");
        assertThat(page.locator(".qh-not-offered")).containsText("This expiry is not available: No expiry.");
    }

    @Test
    void aDateAfterTheLatestExpiryIsRejected(Chromium chromium) {
        policy(",\"apiTokens.maxLifetimeDays\":\"7\"");
        Page page = chromium.newPage();
        TokensPage tokens = open(page, "dated");
        CreateForm form = tokens.startCreation();
        form.name().fill("dated");
        form.chooseExpiry("Custom date");
        LocalDate last = LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(7);
        assertThat(form.date()).hasAttribute("max", last.toString());
        form.date().fill(last.plusDays(1).toString());
        form.submit();
        assertThat(page.getByText("New tokens must expire no later than")).isVisible();
        form.date().fill(last.toString());
        form.create("dated").close();
        assertThat(tokens.row("dated").locator("[data-label=Expires]")).hasText("in 7 days");
    }

    @Test
    void aRotationKeepsAnExpiryOnlyIfThePolicyStillAllowsIt(Chromium chromium) {
        String user = "rotator";
        realm.newUser(user);
        realm.newToken(realm.signIn(user), "endless");
        realm.create(
                realm.signIn(user),
                "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\""
                        + LocalDate.now(ZoneId.of("UTC")).plusDays(3) + "T00:00:00Z\"}");
        Page page = chromium.newPage();
        TokensPage tokens = AccountConsole.open(page, realm.server(), realm.name(), user, AccountConsole.TOKENS)
                .tokens();
        RotateForm form = tokens.startRotation("endless");
        assertThat(form.expiry().expiry()).hasText("Keep current expiry");
        page.keyboard().press("Escape");
        policy(",\"apiTokens.maxLifetimeDays\":\"20\"");
        tokens.startRotation("endless");
        assertThat(form.expiry().expiry()).hasText("20 days");
        assertEquals(List.of("7 days", "20 days", "Custom date"), form.expiry().lifetimes());
        page.keyboard().press("Escape");
        tokens.startRotation("short");
        assertThat(form.expiry().expiry()).hasText("Keep current expiry");
        page.keyboard().press("Escape");
        tokens.startRotation("endless");
        form.rotate().close();
        assertThat(tokens.row("endless").locator("[data-label=Expires]")).hasText("in 20 days");
    }

    @Test
    void noExpiryCanBeChosenEvenIfTheRealmHasADefaultLifetime(Chromium chromium) {
        policy(",\"apiTokens.defaultLifetimeDays\":\"60\"");
        TokensPage tokens = open(chromium.newPage(), "endless");
        CreateForm form = tokens.startCreation();
        assertThat(form.expiry()).hasText("60 days");
        form.chooseExpiry("No expiry");
        form.create("for ever").close();
        assertThat(tokens.row("for ever").locator("[data-label=Expires]")).hasText("Never");
    }

    @Test
    void anInvalidPolicyIsReportedAndACorrectedOneTakesEffectImmediately(Chromium chromium) {
        TokensPage tokens = open(chromium.newPage(), "stopped");
        assertStops(tokens, "maxLifetimeDays", "zero");
        assertStops(tokens, "maxLifetimeDays", "0");
        assertStops(tokens, "defaultLifetimeDays", "-1");
        assertStops(tokens, "keepInactiveDays", "-1");
        assertStops(tokens, "idleDays", "0");
    }

    private static void assertStops(TokensPage tokens, String attribute, String value) {
        Page page = tokens.page();
        policy(",\"apiTokens." + attribute + "\":\"" + value + "\"");
        page.reload();
        assertThat(page.getByText(OFF)).isVisible();
        assertThat(page.getByText("The realm attribute apiTokens." + attribute + " must be"))
                .isVisible();
        assertThat(tokens.createButton()).isDisabled();
        policy("");
        page.reload();
        tokens.startCreation().create("works after " + attribute + " " + value).close();
        assertThat(page.getByText(OFF)).isHidden();
    }

    /** The form for a new token is submitted on both sides of the limit, and that of a rotation on the far side. */
    @Test
    void aSignInIsAcceptedASecondBeforeTheMaximumAgeAndNotASecondAfterIt(Chromium chromium) {
        int limit = 60;
        realm.newUser("punctual");
        String old =
                realm.newToken(realm.signIn("punctual"), "stale").path("token").asText();
        Page page = chromium.newPage();
        AccountConsole console =
                AccountConsole.open(page, realm.server(), realm.name(), "punctual", AccountConsole.TOKENS);
        RotateForm rotation = console.tokens().startRotation("stale");
        rotation.chooseOverlap("Works for 1 more hour");
        policy(",\"apiTokens.reauthenticateSeconds\":\"" + limit + "\"");
        assertCreatesUntil(signInOf("punctual").plusSeconds(limit), signedIn(page, console));
        rotation.submit();
        assertAsksForPassword(page);
        policy("");
        page.locator("#password").fill("punctual");
        page.locator("#kc-login").click();
        assertThat(page.getByText("Your choices were kept")).isVisible();
        assertTrue(realm.isActive(old), "the token was rotated before the user confirmed");
        assertThat(rotation.overlap()).hasText("Works for 1 more hour");
        assertThat(console.tokens().dialog()).containsText("stale");
        assertTrue(realm.isActive(rotation.rotate().token().textContent()));
    }

    /** Returns the time of the latest sign-in. */
    private static Instant signInOf(String user) {
        JsonNode sessions = realm.admin("GET", "/users/" + realm.userId(user) + "/sessions", null)
                .json();
        return Instant.ofEpochMilli(sessions.findValuesAsText("start").stream()
                .mapToLong(Long::parseLong)
                .max()
                .orElseThrow());
    }

    /** Opens the tokens in another page of the same browser. */
    private static TokensPage signedIn(Page page, AccountConsole console) {
        Page other = page.context().newPage();
        other.navigate(console.url(AccountConsole.TOKENS));
        return new TokensPage(other);
    }

    private static void assertCreatesUntil(Instant limit, TokensPage tokens) {
        CreateForm form = tokens.startCreation();
        form.name().fill("in time");
        waitUntil(tokens.page(), limit.minusSeconds(1));
        form.submit();
        new NewTokenView(tokens.page()).close();
        tokens.startCreation();
        form.name().fill("too late");
        waitUntil(tokens.page(), limit.plusSeconds(1));
        form.submit();
        assertAsksForPassword(tokens.page());
    }

    private static void assertAsksForPassword(Page page) {
        assertThat(page.getByText("Please re-authenticate to continue")).isVisible();
    }

    private static void waitUntil(Page page, Instant time) {
        page.waitForTimeout(
                (double) Math.max(0, Duration.between(Instant.now(), time).toMillis()));
    }

    @Test
    void aPolicyThatBecomesInvalidWhileTheFormIsOpenIsReportedInTheForm(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = open(page, "surprised");
        CreateForm form = tokens.startCreation();
        form.name().fill("too late");
        policy(",\"apiTokens.reauthenticateSeconds\":\"-1\"");
        form.submit();
        assertThat(tokens.dialog()).containsText("apiTokens.reauthenticateSeconds must be");
        page.keyboard().press("Escape");
        assertThat(page.getByText(OFF)).isVisible();
        assertThat(tokens.createButton()).isDisabled();
    }

    @Test
    void aMaximumLifetimeThatIsReducedWhileTheFormIsOpenIsReportedAtTheField(Chromium chromium) {
        Page page = chromium.newPage();
        TokensPage tokens = open(page, "tightened");
        CreateForm form = tokens.startCreation();
        form.name().fill("too long");
        form.chooseExpiry("90 days");
        policy(",\"apiTokens.maxLifetimeDays\":\"5\"");
        form.submit();
        assertThat(page.locator("#api-token-expiry-help")).containsText("within 5 days");
        assertThat(form.expiry()).hasText("5 days");
        form.submit();
        new NewTokenView(page).close();
        assertThat(tokens.row("too long").locator("[data-label=Expires]")).hasText("in 5 days");
    }

    @Test
    void thePageSaysIfTheConsoleMayNotCreateTokens(Chromium chromium) {
        assertEquals(
                204,
                realm.admin(
                                "PUT",
                                "",
                                "{\"realm\":\"policy-choices\",\"attributes\":{\"apiTokens.allowedClients\":\"qa-hub-cli\"}}")
                        .status());
        Page page = chromium.newPage();
        TokensPage tokens = open(page, "elsewhere");
        assertThat(page.getByText(OFF)).isVisible();
        assertThat(tokens.createButton()).isDisabled();
    }

    @Test
    void thePageSaysThatUnusedTokensAreRevoked(Chromium chromium) {
        policy(",\"apiTokens.idleDays\":\"90\"");
        Page page = chromium.newPage();
        open(page, "idler");
        assertThat(page.getByText("A token that is not used for 90 days is revoked."))
                .isVisible();
    }

    @Test
    void aPasswordChangeByTheOwnerRevokesTheTokensIfThePolicyRequiresIt(Chromium chromium) {
        String user = realm.newUser("changes");
        String token =
                realm.newToken(realm.signIn("changes"), "t").path("token").asText();
        policy(",\"apiTokens.revokeOnPasswordChange\":\"true\"");
        realm.admin("PUT", "/users/" + user, "{\"requiredActions\":[\"UPDATE_PASSWORD\"]}");
        Page page = chromium.newPage();
        AccountConsole console =
                AccountConsole.open(page, realm.server(), realm.name(), "changes", AccountConsole.TOKENS);
        page.locator("#password-new").fill("another one");
        assertTrue(realm.isActive(token));
        page.locator("#password-confirm").fill("another one");
        page.locator("form button[type=submit], form input[type=submit]")
                .first()
                .click();
        assertThat(console.tokens().heading()).isVisible();
        assertFalse(realm.isActive(token));
    }

    private static TokensPage open(Page page, String user) {
        realm.newUser(user);
        return AccountConsole.open(page, realm.server(), realm.name(), user, AccountConsole.TOKENS)
                .tokens();
    }

    private static void policy(String more) {
        String json =
                "{\"realm\":\"policy-choices\",\"attributes\":{\"apiTokens.allowedClients\":\"account-console qa-hub-cli\""
                        + more + "}}";
        assertEquals(204, realm.admin("PUT", "", json).status());
    }
}
