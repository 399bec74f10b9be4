package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.qahub.keycloak.apitokens.server.Realm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Takes the screenshots in docs/images; with {@code -Dscreenshots=docs/images}, stores them there. */
@Tag("browser")
@BrowserTest
class ScreenshotsIT {
    private static final Path PICTURES = Path.of(System.getProperty("screenshots"));

    @Test
    void aScreenshotOfEveryStateIsTaken(Chromium chromium) {
        String user = People.newUser();
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1280, 800));
        TokensPage tokens =
                AccountConsole.open(page, user, AccountConsole.TOKENS).tokens();
        assertThat(page.getByText("No API tokens yet")).isVisible();
        take(page, "account-empty");

        fill(user);
        page.reload();
        tokens.filter("All");
        assertThat(tokens.rows()).hasCount(4);
        take(page, "account-list");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        take(page, "account-dark");
        page.setViewportSize(375, 812);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.waitForTimeout(1_000);
        take(page, "account-phone");
        page.setViewportSize(1280, 800);

        RotateForm rotation = tokens.startRotation("Nightly build");
        rotation.chooseOverlap("Works for 8 more hours");
        take(page, "account-rotate");
        page.keyboard().press("Escape");
        tokens.startRevocation("Nightly build");
        take(page, "account-revoke");
        page.keyboard().press("Escape");
        CreateForm form = tokens.startCreation();
        form.name().fill("Release pipeline");
        form.scope("write").check();
        form.networks().input().fill("192.0.2.0/24\n2001:db8::/32");
        page.setViewportSize(1280, 900);
        take(page, "account-create");
        page.setViewportSize(1280, 800);
        form.submit();
        NewTokenView view = new NewTokenView(page);
        view.token().waitFor();
        take(page, "account-shown-once");
        // A screenshot must not contain a token, even of a server that no longer exists.
        view.close();
    }

    private static void fill(String user) {
        String bearer = Realm.QA_HUB.signIn(user);
        Realm.QA_HUB.newToken(bearer, "Local scripts");
        String old = Realm.QA_HUB.newToken(bearer, "Old laptop").path("id").asText();
        Realm.QA_HUB.revoke(bearer, old);
        create(
                bearer,
                "Dashboard",
                "[\"read\"]",
                Instant.now().plus(Duration.ofDays(5)).toString());
        String nightly = create(bearer, "Nightly build", "[\"read\",\"write\"]", null);
        Realm.QA_HUB.isActive(nightly);
    }

    private static String create(String bearer, String name, String scopes, String expiresAt) {
        String expiry = expiresAt == null ? "null" : '"' + expiresAt + '"';
        String json = "{\"name\":\"%s\",\"scopes\":%s,\"expiresAt\":%s}".formatted(name, scopes, expiry);
        return Realm.QA_HUB.create(bearer, json).json().path("token").asText();
    }

    static void take(Page page, String name) {
        // Wait until fonts are loaded and transitions are finished.
        page.waitForTimeout(700);
        page.mouse().move(0, 0);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
