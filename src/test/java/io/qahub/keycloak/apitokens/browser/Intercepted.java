package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.Map;
import java.util.function.Consumer;

/** Replaces responses to the page's calls with errors. */
final class Intercepted {
    private static final String CALLS = "**/realms/qa-hub/api-tokens*";
    private static final String BELOW = "**/realms/qa-hub/api-tokens/*";

    private Intercepted() {}

    static void every(Page page, String method, Consumer<Route> answer) {
        page.route(CALLS, route -> answerIf(method, route, answer));
    }

    static void first(Page page, String method, Consumer<Route> answer) {
        boolean[] answered = {false};
        page.route(CALLS, route -> {
            boolean first = !answered[0] && route.request().method().equals(method);
            answered[0] |= first;
            answerIf(first ? method : "", route, answer);
        });
    }

    /** Replaces the responses to all calls for the policy and for single tokens. */
    static void everyBelow(Page page, Consumer<Route> answer) {
        page.route(BELOW, answer);
    }

    /** Makes lists say that the tokens were created on a certain day in the past. */
    static void createdEarlier(Page page) {
        page.route("**/api-tokens?*", route -> {
            APIResponse answer = route.fetch();
            String text =
                    answer.text().replaceAll("\"createdAt\":\"[^\"]*\"", "\"createdAt\":\"2020-01-01T00:00:00Z\"");
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(text));
        });
    }

    static void none(Page page) {
        page.unroute(CALLS);
        page.unroute(BELOW);
    }

    private static void answerIf(String method, Route route, Consumer<Route> answer) {
        if (route.request().method().equals(method)) {
            answer.accept(route);
        } else {
            route.resume();
        }
    }

    static void fail(Route route, int status) {
        route.fulfill(new Route.FulfillOptions().setStatus(status).setBody("{}"));
    }

    static void challenge(Route route, String challenge) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(401)
                .setHeaders(Map.of("WWW-Authenticate", challenge))
                .setBody("{}"));
    }
}
