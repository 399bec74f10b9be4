package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.qahub.keycloak.apitokens.interop.Examples;
import io.qahub.keycloak.apitokens.interop.Service;
import io.qahub.keycloak.apitokens.server.Database;
import io.qahub.keycloak.apitokens.server.FreePort;
import io.qahub.keycloak.apitokens.server.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A settings page of another origin, with the npm package keycloak-js: {@code examples/settings-page}. */
@BrowserTest
@Tag("interop")
class SettingsPageIT {
    private static final String CLIENT = "qa-hub-settings";
    private static final String ALLOWED = "\"apiTokens.allowedClients\":\"qa-hub-settings qa-hub-cli\"";
    private static final String FORBIDDEN = "\"apiTokens.allowedClients\":\"account-console\"";
    private static final int PORT = FreePort.find();
    private static final String ORIGIN = "http://localhost:" + PORT;
    private static Realm realm;
    private static Service server;
    private static String client;

    @BeforeAll
    static void startServer() throws IOException {
        realm = Realm.fresh("settings-page");
        client = newClient();
        Path directory = Examples.npmCopy("settings-page");
        Files.writeString(
                directory.resolve("config.json"), """
                {"url":"%s","realm":"settings-page","clientId":"%s"}""".formatted(realm.server().url(), CLIENT));
        server = Service.start(PORT, directory, Map.of("PORT", String.valueOf(PORT)), List.of("npm", "start"));
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
        realm.delete();
    }

    @BeforeEach
    void allowEverything() {
        setWebOrigins(ORIGIN);
        setPolicy(ALLOWED);
    }

    @Test
    void aUserCreatesListsAndRevokesATokenFromAnotherOrigin(Chromium chromium) {
        Page page = chromium.newPage();
        SettingsPage settings = open(page).signIn("alice");
        settings.fill("nightly", "read");
        settings.submit();
        String token = settings.newToken();
        assertThat(settings.form()).isHidden();
        assertTrue(realm.isActive(token));
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        settings.button("Copy").click();
        assertThat(settings.done()).hasText("The token is in the clipboard.");
        assertEquals(token, page.evaluate("navigator.clipboard.readText()"));
        settings.button("Close").click();
        assertFalse(page.content().contains(token));

        page.reload();
        assertThat(settings.row("nightly")).containsText(token.substring(0, 9));
        assertFalse(page.content().contains(token));
        settings.revoke("nightly");
        assertThat(settings.done()).hasText("nightly is revoked.");
        assertThat(settings.rows()).hasCount(0);
        assertFalse(realm.isActive(token));
        settings.button("Sign out").click();
        assertThat(page.locator("#username")).isVisible();
    }

    @Test
    void aUserReadsWhyARequestWasRejected(Chromium chromium) {
        SettingsPage settings = open(chromium.newPage()).signIn("alice");
        settings.fill("rejected", "read");
        setPolicy(ALLOWED + ",\"apiTokens.maxLifetimeDays\":\"1\"");
        assertProblem(settings, "expiresAt");
        setPolicy(ALLOWED);
        Database.get()
                .without(() -> assertProblem(settings, "Keycloak reported an error (status 500). Try again later."));
        setPolicy(FORBIDDEN);
        assertProblem(settings, "Access tokens of this client may not create API tokens.");
        settings.page().context().setOffline(true);
        assertProblem(settings, "Keycloak cannot be reached.");
        settings.page().context().setOffline(false);
        settings.page().reload();
        assertThat(settings.form()).isHidden();
        assertThat(settings.done()).containsText("you can view and revoke your tokens, but not create any");
        setPolicy("\"apiTokens.maxLifetimeDays\":\"x\"");
        settings.page().reload();
        assertThat(settings.problem()).containsText("apiTokens.maxLifetimeDays");
        assertThat(settings.page().getByText("Your tokens")).isVisible();
    }

    @Test
    void aUserReadsThatATokenIsGone(Chromium chromium) {
        String user = "finder";
        realm.newUser(user);
        JsonNode token = realm.create(realm.signIn(user), "{\"name\":\"gone\",\"scopes\":[\"read\"]}")
                .json();
        SettingsPage settings = open(chromium.newPage()).signIn(user);
        assertThat(settings.row("gone")).isVisible();
        Database.get()
                .execute("delete from QH_API_TOKEN where ID = '"
                        + token.path("id").asText() + "'");
        settings.revoke("gone");
        assertThat(settings.problem()).hasText("You have no API token with this ID.");
    }

    @Test
    void allowedNetworksAreShown(Chromium chromium) {
        String user = "traveler";
        realm.newUser(user);
        String bearer = realm.signIn(user);
        realm.newToken(bearer, "everywhere");
        String json =
                "{\"name\":\"office\",\"scopes\":[\"read\"],\"allowedNetworks\":[\"10.0.0.0/8\",\"2001:db8::/32\"]}";
        assertEquals(201, realm.create(bearer, json).status());
        Page page = chromium.newPage(new Browser.NewContextOptions().setBypassCSP(true));
        SettingsPage settings = open(page).signIn(user);
        assertThat(settings.row("office")).containsText("Only from 10.0.0.0/8, 2001:db8::/32");
        assertThat(settings.row("everywhere")).not().containsText("Only from");
        Accessibility.assertNoViolation(page, "allowed networks");
    }

    @Test
    void furtherTokensAreShownOnRequest(Chromium chromium) {
        realm.newUser("collector");
        String prefix = realm.newToken(realm.signIn("collector"), "one of many")
                .path("prefix")
                .asText();
        Database.get().copyToken(prefix, 60);
        SettingsPage settings = open(chromium.newPage()).signIn("collector");
        assertThat(settings.page().getByText("50 of 61 tokens")).isVisible();
        settings.button("Show more").click();
        assertThat(settings.rows()).hasCount(61);
        assertThat(settings.button("Show more")).isHidden();
    }

    @Test
    void aRepeatedRequestAfterALostResponseCreatesOneToken(Chromium chromium) {
        realm.newUser("unlucky");
        Page page = chromium.newPage();
        SettingsPage settings = open(page).signIn("unlucky");
        settings.fill("once", "read");
        page.route("**/api-tokens", SettingsPageIT::loseResponse, new Page.RouteOptions().setTimes(1));
        assertProblem(settings, "could not read the response");
        assertProblem(settings, "An earlier attempt has created this token");
        assertThat(settings.rows()).hasCount(1);
    }

    @Test
    void aUserWhoseSessionHasEndedSignsInAgain(Chromium chromium) {
        String id = realm.newUser("leaver");
        SettingsPage settings = open(chromium.newPage()).signIn("leaver");
        settings.fill("kept", "write");
        realm.admin("POST", "/users/" + id + "/logout", "{}");
        assertProblem(settings, "Your session has ended.");
        settings.button("Sign in again").click();
        settings.signIn("leaver");
        assertThat(settings.page().getByLabel("Name")).hasValue("kept");
        assertThat(settings.page().getByLabel("write")).isChecked();
        settings.submit();
        assertTrue(realm.isActive(settings.newToken()));
    }

    /** Without {@code auth_time}, a sign-in counts as too old. */
    @Test
    void aUserWhoseSignInIsTooOldSignsInAgain(Chromium chromium) {
        String mappers = "/client-scopes/" + basicScope() + "/protocol-mappers/models";
        JsonNode mapper = find(realm.admin("GET", mappers, null).json(), "auth_time");
        realm.admin("DELETE", mappers + "/" + mapper.path("id").asText(), null);
        Page page = chromium.newPage();
        SettingsPage settings = open(page).signIn("alice");
        try {
            settings.fill("fresh", "read");
            assertProblem(settings, "Sign in again, then retry.");
        } finally {
            realm.admin("POST", mappers, mapper.toString());
        }
        List<String> visited = new ArrayList<>();
        page.onRequest(request -> visited.add(request.url()));
        settings.button("Sign in again").click();
        assertThat(page.getByLabel("Name")).hasValue("fresh");
        assertTrue(visited.stream().anyMatch(url -> url.contains("max_age=3600")), visited.toString());
        settings.submit();
        assertTrue(realm.isActive(settings.newToken()));
    }

    @Test
    void anOriginThatIsNotAllowedIsNamed(Chromium chromium) {
        String advice = "add " + ORIGIN + " to the Web origins of the client " + CLIENT;
        SettingsPage settings = open(chromium.newPage()).signIn("alice");
        settings.fill("foreign", "read");
        setWebOrigins("https://app.example");
        assertProblem(settings, advice);
        settings.page().reload();
        assertThat(settings.problem()).containsText(advice);
        assertEquals(
                0, realm.list(realm.signIn("alice"), "?search=foreign").json().size());
    }

    @Test
    void thePageIsAccessible(Chromium chromium) {
        Page page = chromium.newPage(
                new Browser.NewContextOptions().setViewportSize(1280, 1000).setBypassCSP(true));
        realm.newUser("robin");
        SettingsPage settings = open(page).signIn("robin");
        Accessibility.assertNoViolation(page, "empty");
        settings.fill("Nightly build", "read");
        settings.submit();
        assertThat(settings.row("Nightly build")).isVisible();
        Accessibility.assertNoViolation(page, "a new token");
        settings.row("Nightly build").getByText("Revoke").click();
        Accessibility.assertNoViolation(page, "revocation");
        settings.button("Cancel").click();
        settings.button("Close").click();
        setPolicy(FORBIDDEN);
        settings.fill("Rejected", "write");
        assertProblem(settings, "Access tokens of this client may not");
        Accessibility.assertNoViolation(page, "an error");
        page.setViewportSize(320, 800);
        assertEquals(true, page.evaluate("document.documentElement.scrollWidth <= innerWidth"));
    }

    /** Creates the client as described in {@code docs/integrations/settings-page.md}; returns its path. */
    private static String newClient() {
        String made =
                realm.admin("POST", "/clients", """
                        {"clientId":"%s","publicClient":true,"fullScopeAllowed":false,"redirectUris":["%s/*"],
                         "attributes":{"pkce.code.challenge.method":"S256","post.logout.redirect.uris":"+"}}""".formatted(CLIENT, ORIGIN)).header("Location");
        String path = "/clients/" + made.substring(made.lastIndexOf('/') + 1);
        String account = realm.admin("GET", "/clients?clientId=account", null)
                .json()
                .path(0)
                .path("id")
                .asText();
        String role = realm.admin("GET", "/clients/" + account + "/roles/manage-account", null)
                .text();
        realm.admin("POST", path + "/scope-mappings/clients/" + account, "[" + role + "]");
        return path;
    }

    private static SettingsPage open(Page page) {
        page.navigate(ORIGIN);
        return new SettingsPage(page);
    }

    private static void loseResponse(Route route) {
        route.fetch();
        route.abort();
    }

    /** Submits the form, and asserts that the page shows this text. */
    private static void assertProblem(SettingsPage settings, String text) {
        settings.submit();
        assertThat(settings.problem()).containsText(text);
    }

    private static void setWebOrigins(String origin) {
        realm.admin("PUT", client, """
                {"clientId":"%s","webOrigins":["%s"]}""".formatted(CLIENT, origin));
    }

    private static void setPolicy(String attributes) {
        realm.admin("PUT", "", "{\"realm\":\"settings-page\",\"attributes\":{" + attributes + "}}");
    }

    private static String basicScope() {
        return find(realm.admin("GET", "/client-scopes", null).json(), "basic")
                .path("id")
                .asText();
    }

    private static JsonNode find(JsonNode list, String name) {
        for (JsonNode item : list) {
            if (item.path("name").asText().equals(name)) {
                return item;
            }
        }
        throw new AssertionError(name);
    }
}
