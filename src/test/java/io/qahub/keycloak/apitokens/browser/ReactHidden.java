package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

/** A console whose React no longer exposes its internal properties on elements. */
final class ReactHidden {
    private ReactHidden() {}

    static void in(Page page) {
        page.route(
                "**/react-dom.production.min.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setResponse(route.fetch())
                        .setBody(route.fetch().text().replace("__reactFiber$", "__reactOther$"))));
    }
}
