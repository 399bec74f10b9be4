package io.qahub.keycloak.apitokens.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.StockRequests.Request;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A table of requests to the revocation endpoint, for a realm on any server. */
final class StockRevocations {
    private static final String ENDPOINT = "/protocol/openid-connect/revoke";

    private final Realm realm;
    private final Map<String, Request> requests = new LinkedHashMap<>();

    private StockRevocations(Realm realm) {
        this.realm = realm;
    }

    /** Returns the table by the names of its rows. */
    static Map<String, Request> to(Realm realm) {
        StockRevocations table = new StockRevocations(realm);
        table.addTokens();
        table.addCallers();
        table.addForms();
        return table.requests;
    }

    private void addTokens() {
        add("access token", this::api, () -> "token=" + access("qa-hub-api"));
        add("access token, hint", this::api, () -> "token_type_hint=refresh_token&token=" + access("qa-hub-api"));
        add("access token of another client", this::api, () -> "token=" + access("qa-hub-cli"));
        add(
                "access token of a public client",
                call -> call,
                () -> "client_id=qa-hub-cli&token=" + access("qa-hub-cli"));
        add(
                "refresh token",
                this::api,
                () -> "token=" + grant("qa-hub-api").path("refresh_token").asText());
        add("garbage", this::api, () -> "token=garbage");
        add("similar to our scheme", this::api, () -> "token=qh-abc123");
        add("upper case", this::api, () -> "token=QH_abc123");
        add("unicode", this::api, () -> "token=" + URLEncoder.encode("tök😀n", UTF_8));
        add("empty token", this::api, () -> "token=");
    }

    private void addCallers() {
        add("wrong client secret", call -> call.basic("qa-hub-api", "wrong"), () -> "token=garbage");
        add("no client", call -> call, () -> "token=garbage");
        add("client without the scope", call -> call.basic("billing", "billing-secret"), () -> "token=garbage");
        add("another origin", call -> api(call).header("Origin", "https://evil.example"), () -> "token=garbage");
    }

    private void addForms() {
        add("no form field", this::api, () -> "");
        add("hint but no token", this::api, () -> "token_type_hint=access_token");
        add("duplicated token", this::api, () -> "token=garbage&token=garbage");
        add("broken percent-encoding", this::api, () -> "token=%zz");
        row("JSON body", "POST", call -> api(call).json("{\"token\":\"garbage\"}"));
        row("token in the query", "POST", "?token=garbage", call -> api(call).form(""));
        row("no body", "POST", this::api);
        row("GET", "GET", this::api);
        row("trailing slash", "POST", "/", call -> api(call).form("token=garbage"));
        row("preflight", "OPTIONS", call -> call.header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST"));
    }

    private Http api(Http call) {
        return call.basic("qa-hub-api", "qa-hub-api-secret");
    }

    private String access(String client) {
        return grant(client).path("access_token").asText();
    }

    private JsonNode grant(String client) {
        return realm.grant(client, "alice").json();
    }

    private void add(String name, UnaryOperator<Http> caller, Supplier<String> form) {
        row(name, "POST", call -> caller.apply(call).form(form.get()));
    }

    private void row(String name, String method, UnaryOperator<Http> request) {
        row(name, method, "", request);
    }

    private void row(String name, String method, String more, UnaryOperator<Http> request) {
        requests.put(name, () -> StockRequests.answer(realm, request.apply(realm.call(method, ENDPOINT + more))));
    }
}
