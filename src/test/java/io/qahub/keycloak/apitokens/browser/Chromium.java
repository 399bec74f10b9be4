package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of the test run; each page has its own browser context. */
final class Chromium {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** In milliseconds; generous, for machines under load. */
    private static final double ACTION_PATIENCE = 60_000;

    private static final double ASSERTION_PATIENCE = 30_000;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final SecretWatch watch = new SecretWatch();
    private Browser browser;

    static boolean isInstalled() {
        return executable().isPresent();
    }

    private static Optional<Path> executable() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    Page newPage() {
        return newPage(new Browser.NewContextOptions().setViewportSize(1280, 800));
    }

    Page newPage(Browser.NewContextOptions options) {
        if (browser == null) {
            browser = launch();
        }
        BrowserContext context = browser.newContext(options.setLocale("en-GB").setTimezoneId("Europe/Berlin"));
        context.setDefaultTimeout(ACTION_PATIENCE);
        watch.watch(context);
        contexts.add(context);
        return context.newPage();
    }

    void takePicture(Path file) {
        contexts.stream()
                .flatMap(context -> context.pages().stream())
                .forEach(page -> page.screenshot(new Page.ScreenshotOptions().setPath(file)));
    }

    /** Returns where the browser sent, received or stored API tokens since the last call. */
    List<String> leaks() {
        return watch.leaks(contexts);
    }

    void closePages() {
        // Playwright fails if it must answer an intercepted request while the page closes.
        contexts.stream().flatMap(context -> context.pages().stream()).forEach(Page::unrouteAll);
        contexts.forEach(BrowserContext::close);
        contexts.clear();
    }

    private static Browser launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_PATIENCE);
        // The browser writes to these directories of the user whatever its profile is; if killed, it deletes no
        // temporary files.
        String home = Path.of("target/chromium").toAbsolutePath().toString();
        String temporary = Path.of("target").toAbsolutePath().toString();
        Map<String, String> environment = Map.of(
                "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                "1",
                "XDG_CONFIG_HOME",
                home,
                "XDG_CACHE_HOME",
                home,
                "TMPDIR",
                temporary);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable().orElseThrow())
                        .setArgs(FLAGS));
    }
}
