package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server below a path, with a host name of its own for the admin console, and without Keycloak's user cache. */
@Tag("lifecycle")
@BrowserTest
class PathPrefixIT {
    private static final String PREFIX = "/auth";
    private static final String ADMIN_HOST = "admin.localhost";

    private static Keycloak keycloak;
    private static Realm realm;

    @BeforeAll
    static void start() {
        keycloak = Keycloak.production(
                "--http-relative-path=" + PREFIX,
                "--hostname=http://localhost:{port}" + PREFIX,
                "--hostname-admin=http://" + ADMIN_HOST + ":{port}" + PREFIX,
                "--spi-user-cache--default--enabled=false");
        realm = Realm.fresh(keycloak, "prefixed");
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @Test
    void aRevokedTokenIsInactive() {
        String alice = realm.signIn("alice");
        for (int i = 0; i < 10; i++) {
            Answer created = realm.create(alice, "{\"name\":\"t\",\"scopes\":[\"read\"]}");
            assertTrue(
                    created.header("Location").startsWith(keycloak.url() + realm.path("/api-tokens/")),
                    created.header("Location"));
            String token = created.json().path("token").asText();
            assertTrue(realm.isActive(token) && realm.isActive(token));
            realm.revoke(alice, created.json().path("id").asText());
            assertTrue(!realm.isActive(token));
        }
    }

    @Test
    void ownersManageTokensInTheAccountConsole(Chromium chromium) {
        Page page = chromium.newPage();
        List<String> requests = requests(page);
        page.navigate(keycloak.url() + realm.path("/account/" + AccountConsole.TOKENS));
        new SignInPage(page).signIn("alice");
        TokensPage tokens = new TokensPage(page);
        tokens.startCreation().create("below a path").close();
        tokens.revoke("below a path");
        assertThat(page.getByText("API token “below a path” revoked")).isVisible();
        assertAllAre(requests, keycloak.url() + "/");
    }

    @Test
    void theAdminPageCallsTheAdminHost(Chromium chromium) {
        realm.newToken(realm.signIn("bob"), "for admins");
        String admin = keycloak.url().replace("localhost", ADMIN_HOST);
        Page page = chromium.newPage();
        List<String> requests = requests(page);
        page.navigate(admin + "/admin/master/console/#/" + realm.nameInUrls() + "/" + AdminConsole.TOKENS);
        new SignInPage(page).signIn("admin");
        assertThat(new AdminTokensPage(page).row("for admins")).containsText("bob");
        assertAllAre(requests, admin + "/admin/");
    }

    /** Returns a list to which the page's requests for tokens will be added. */
    private static List<String> requests(Page page) {
        List<String> urls = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().matches(".*/realms/[^/]+/api-tokens([/?].*)?")) {
                urls.add(request.url());
            }
        });
        return urls;
    }

    private static void assertAllAre(List<String> urls, String below) {
        assertTrue(!urls.isEmpty(), "the page has sent no requests for tokens");
        assertEquals(
                List.of(), urls.stream().filter(url -> !url.startsWith(below)).toList());
    }
}
