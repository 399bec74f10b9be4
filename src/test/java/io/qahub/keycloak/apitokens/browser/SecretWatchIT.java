package io.qahub.keycloak.apitokens.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.qahub.keycloak.apitokens.server.Keycloak;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check after each browser test finds a token wherever it leaked to. */
@Tag("browser")
@BrowserTest
class SecretWatchIT {
    private static final String TOKEN = "qh_ab12cd_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij";

    @Test
    void aTokenIsFoundInUrlsHeadersBodiesAndStorage(Chromium chromium) {
        Page page = chromium.newPage();
        String home = Keycloak.get().url() + "/realms/qa-hub";
        page.navigate(home);
        assertEquals(List.of(), chromium.leaks());
        page.route(
                "**/api-tokens/**",
                route -> route.fulfill(new Route.FulfillOptions().setBody("{\"token\":\"" + TOKEN + "\"}")));
        page.evaluate(
                "([url, token]) => fetch(url + '?x=' + encodeURIComponent('Bearer ' + token))", List.of(home, TOKEN));
        page.evaluate("([url, token]) => fetch(url, {headers: {'X-Token': token}})", List.of(home, TOKEN));
        page.evaluate("([url, token]) => fetch(url, {method: 'POST', body: token})", List.of(home, TOKEN));
        page.evaluate("url => fetch(url).then(answer => answer.text())", home + "/api-tokens/policy");
        page.evaluate(
                "url => fetch(url, {method: 'POST'}).then(answer => answer.text())", home + "/api-tokens/x/rotate");
        page.evaluate("token => sessionStorage.setItem('kept', token)", TOKEN);
        page.evaluate("token => { document.cookie = 'kept=' + token }", TOKEN);
        assertEquals(
                List.of(
                        "URL ",
                        "header of the request to " + home,
                        "body of the request to " + home,
                        "body of the response to " + home + "/api-tokens/policy",
                        "cookie kept",
                        "storage of " + home),
                chromium.leaks().stream().filter(leak -> !leak.contains("?x=")).toList());
        page.context().clearCookies();
        page.evaluate("sessionStorage.clear()");
    }
}
