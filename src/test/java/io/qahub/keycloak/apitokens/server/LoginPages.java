package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keycloak's login pages, as a browser without scripts sees them. */
public final class LoginPages {
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new Cookies())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final Realm realm;
    private HttpResponse<String> page;

    private LoginPages(Realm realm) {
        this.realm = realm;
    }

    /** Opens a page, which may lead to the sign-in page. */
    public static LoginPages at(Realm realm, String url) {
        return new LoginPages(realm).get(url);
    }

    /** Opens the page that the account console sends its users to; {@code more} are further parameters. */
    static LoginPages open(Realm realm, String more) {
        return new LoginPages(realm).open(more);
    }

    /** As above, in the same browser. */
    LoginPages open(String more) {
        String console = realm.server().url() + realm.path("/account/");
        return get(console.replace("/account/", "/protocol/openid-connect/auth")
                + "?client_id=account-console&response_type=code&scope=openid&redirect_uri="
                + URLEncoder.encode(console, StandardCharsets.UTF_8) + AccessTokens.PKCE + more);
    }

    /** Follows the first link whose address contains {@code part}. */
    LoginPages follow(String part) {
        Matcher link = Pattern.compile("href=\"([^\"]*" + Pattern.quote(part) + "[^\"]*)\"")
                .matcher(page.body());
        return get(page.uri().resolve(unescape(find(link))).toString());
    }

    LoginPages get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    /** Signs in a user whose password is the name; a realm with organizations asks for the username first. */
    public LoginPages signIn(String user) {
        if (!text().contains("name=\"password\"")) {
            submit(Map.of("username", user));
        }
        return submit(Map.of("username", user, "password", user));
    }

    /** Approves what a client of the device flow asks for. */
    public LoginPages approve() {
        return answer("accept");
    }

    /** Denies what a client of the device flow asks for. */
    public LoginPages deny() {
        return answer("cancel");
    }

    private LoginPages answer(String button) {
        Matcher code = Pattern.compile("name=\"code\" value=\"([^\"]+)\"").matcher(text());
        return submit(Map.of("code", find(code), button, "yes"));
    }

    /** Sends the form of the page. */
    LoginPages submit(Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(page.uri().resolve(unescape(find(ACTION.matcher(page.body())))))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    LoginPages submitNewPassword(String password) {
        return submit(Map.of("password-new", password, "password-confirm", password));
    }

    /** Returns whether the last page belongs to the account console. */
    boolean isSignedIn() {
        return page.uri().getPath().equals(realm.path("/account/"));
    }

    /** Returns an access token of the account console, to which the last page belongs. */
    String accessToken() {
        return BrowserSession.redeem(realm, "account-console", page.uri())
                .path("access_token")
                .asText();
    }

    /** Returns the address of the last page. */
    public URI address() {
        return page.uri();
    }

    public String text() {
        return page.body();
    }

    private LoginPages send(HttpRequest.Builder request) {
        try {
            page = browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String find(Matcher matcher) {
        if (!matcher.find()) {
            throw new AssertionError("not on this page: " + matcher.pattern() + "\n" + page.uri() + "\n" + text());
        }
        return matcher.group(1);
    }

    private static String unescape(String html) {
        return html.replace("&amp;", "&");
    }

    /** Sends cookies with the attribute Secure to localhost, as browsers do. Each realm has a path of its own. */
    private static final class Cookies extends CookieHandler {
        private static final Pattern PATH = Pattern.compile(";\\s*Path=([^;]*)");

        private final Map<String, Map<String, String>> valuesByPath = new TreeMap<>();

        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            return Map.of(
                    "Cookie",
                    valuesByPath.entrySet().stream()
                            .filter(path -> uri.getPath().startsWith(path.getKey()))
                            .flatMap(path -> path.getValue().entrySet().stream())
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .toList());
        }

        @Override
        public void put(URI uri, Map<String, List<String>> headers) {
            for (String cookie : headers.getOrDefault("set-cookie", List.of())) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                Matcher path = PATH.matcher(cookie);
                Map<String, String> values =
                        valuesByPath.computeIfAbsent(path.find() ? path.group(1) : "/", key -> new TreeMap<>());
                if (cookie.contains("Max-Age=0")) {
                    values.remove(pair[0]);
                } else {
                    values.put(pair[0], pair[1]);
                }
            }
        }
    }
}
