package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cookies that Keycloak sets in a browser after a sign-in or an impersonation. */
public record BrowserSession(Realm realm, Map<String, String> cookies) {
    private static final String AUTHORIZATION_ENDPOINT = "/protocol/openid-connect/auth";
    private static final String CODE_VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&#]code=([^&]+)");

    /** Impersonates a user with the admin REST API. */
    public static BrowserSession impersonate(Realm realm, String adminBearer, String userId) {
        Answer answer = Http.call(
                        realm.server(), "POST", "/admin/realms/" + realm.name() + "/users/" + userId + "/impersonation")
                .bearer(adminBearer)
                .send();
        assertEquals(200, answer.status(), answer.text());
        return new BrowserSession(realm, cookies(answer));
    }

    /** Signs a user in on Keycloak's sign-in page; a test user's password is the name. */
    static BrowserSession signIn(Realm realm, String user) {
        Answer page = realm.call("GET", authorization(realm, "account-console", "openid", ""))
                .send();
        Matcher form = FORM.matcher(page.text());
        assertTrue(form.find(), page.text());
        BrowserSession visitor = new BrowserSession(realm, cookies(page));
        Answer signedIn = Http.at("POST", form.group(1).replace("&amp;", "&"))
                .header("Cookie", visitor.header())
                .form(Map.of("username", user, "password", user))
                .send();
        assertEquals(302, signedIn.status(), signedIn.text());
        return new BrowserSession(realm, cookies(signedIn));
    }

    /** Returns the tokens that a public client obtains with this session, without another sign-in. */
    JsonNode tokens(String client, String scope) {
        Answer redirect = realm.call("GET", authorization(realm, client, scope, "&prompt=none"))
                .header("Cookie", header())
                .send();
        assertEquals(302, redirect.status(), redirect.text());
        return redeem(realm, client, URI.create(redirect.header("Location")));
    }

    /** Returns the tokens that a public client obtains with the code in the address to which Keycloak redirected. */
    static JsonNode redeem(Realm realm, String client, URI redirect) {
        Matcher code = CODE.matcher(redirect.toString());
        assertTrue(code.find(), redirect.toString());
        return realm.call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        client,
                        "code",
                        code.group(1),
                        "redirect_uri",
                        redirectUri(realm, client),
                        "code_verifier",
                        CODE_VERIFIER))
                .send()
                .json();
    }

    String accessToken(String client) {
        return tokens(client, "openid").path("access_token").asText();
    }

    private static String authorization(Realm realm, String client, String scope, String more) {
        return AUTHORIZATION_ENDPOINT + "?response_type=code&client_id=" + client + "&scope=" + scope.replace(" ", "+")
                + "&redirect_uri=" + URLEncoder.encode(redirectUri(realm, client), StandardCharsets.UTF_8)
                + AccessTokens.PKCE + more;
    }

    private static String redirectUri(Realm realm, String client) {
        return realm.server().url()
                + (client.equals("security-admin-console")
                        ? "/admin/" + realm.name() + "/console/"
                        : realm.path("/account/"));
    }

    private String header() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private static Map<String, String> cookies(Answer answer) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String cookie : answer.response().headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (!pair[1].isEmpty()) {
                cookies.put(pair[0], pair[1]);
            }
        }
        return cookies;
    }
}
