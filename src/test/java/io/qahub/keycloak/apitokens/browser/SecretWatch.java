package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds API tokens in what the browser sends, receives and stores. Only the body of a response that creates a token, or
 * rotates it, may contain one.
 */
final class SecretWatch {
    private static final Pattern TOKEN = Pattern.compile("qh_[0-9a-z]{6}_[0-9A-Za-z]{20,}");

    private static final String STORED = """
        (() => {
          const texts = [location.href, document.title, JSON.stringify(history.state)];
          for (const name of ["localStorage", "sessionStorage"]) {
            try { texts.push(JSON.stringify(window[name])); } catch { /* about:blank has none */ }
          }
          return texts.join("\\n");
        })()""";

    private final Set<String> leaks = new LinkedHashSet<>();
    private final List<Response> responses = new ArrayList<>();
    private final Set<Request> finished = new HashSet<>();

    void watch(BrowserContext context) {
        context.onRequest(this::check);
        context.onRequestFinished(finished::add);
        context.onResponse(response -> {
            check(
                    "header of the response to",
                    response.url(),
                    response.headers().toString());
            if (response.url().contains("/api-tokens") && !createsToken(response.request())) {
                responses.add(response);
            }
        });
    }

    /** Returns where tokens were found since the last call. */
    List<String> leaks(List<BrowserContext> contexts) {
        // Playwright may add further responses while it reads the body of one, and waits for a body that never ends.
        List.copyOf(responses).stream()
                .filter(response -> finished.contains(response.request()))
                .forEach(this::checkBody);
        contexts.forEach(context -> {
            context.cookies().forEach(cookie -> check("cookie", cookie.name, cookie.value));
            context.pages().forEach(this::checkStorage);
        });
        List<String> found = List.copyOf(leaks);
        leaks.clear();
        responses.clear();
        finished.clear();
        return found;
    }

    private void check(Request request) {
        check("URL", "", request.url());
        check("header of the request to", request.url(), request.headers().toString());
        check("body of the request to", request.url(), request.postData());
    }

    private void checkBody(Response response) {
        try {
            check("body of the response to", response.url(), response.text());
        } catch (PlaywrightException e) {
            // The browser no longer has the body, or there is none: the page was left.
        }
    }

    private void checkStorage(Page page) {
        check("storage of", page.url(), (String) page.evaluate(STORED));
    }

    private void check(String where, String of, String text) {
        if (text != null
                && (TOKEN.matcher(text).find() || TOKEN.matcher(decoded(text)).find())) {
            leaks.add(TOKEN.matcher(where + " " + of).replaceAll("qh_…"));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean createsToken(Request request) {
        String path = request.url().replaceAll("[?#].*", "");
        return request.method().equals("POST") && (path.endsWith("/api-tokens") || path.endsWith("/rotate"));
    }
}
