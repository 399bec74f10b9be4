package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of requests to the standard introspection endpoint, for a realm on any server. */
final class StockRequests {
    private static final Pattern PER_CALL =
            Pattern.compile("\"(exp|iat|nbf|auth_time|jti|sid|sub|session_state|kid)\" ?: ?(\\d+|\"[^\"]*\")");
    /** Keycloak lists scopes in the order of their random ids. */
    private static final Pattern SCOPES = Pattern.compile("\"scope\":\"([^\"]*)\"");

    private static final Pattern JWT = Pattern.compile("(eyJ[\\w-]+)\\.([\\w-]+)\\.[\\w-]+");
    private static final List<String> HINTS = List.of("", "access_token", "refresh_token", "unknown");

    private final Realm realm;
    private final Map<String, Request> requests = new LinkedHashMap<>();

    private StockRequests(Realm realm) {
        this.realm = realm;
    }

    /** Returns the table by the names of its rows. */
    static Map<String, Request> to(Realm realm) {
        StockRequests table = new StockRequests(realm);
        JsonNode own = realm.grant("qa-hub-api", "alice").json();
        String access = own.path("access_token").asText();
        table.addTokens(tokens(realm, own));
        table.addCallers("token=" + access);
        table.addForms(access);
        table.addMediaTypes(access);
        return table.requests;
    }

    private static Map<String, String> tokens(Realm realm, JsonNode own) {
        String access = own.path("access_token").asText();
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("access token", access);
        tokens.put("refresh token", own.path("refresh_token").asText());
        tokens.put("access token for another audience", realm.signIn("bob"));
        tokens.put("access token of a session that ended", signedOut(realm));
        tokens.put("access token with a broken signature", access.substring(0, access.length() - 9) + "AAAAAAAAA");
        tokens.put("unsigned JWT", "eyJhbGciOiJub25lIn0.eyJhY3RpdmUiOnRydWV9.");
        tokens.put("garbage", "garbage");
        tokens.put("three dots", "a.b.c");
        tokens.put("unicode", "tök😀n");
        tokens.put("NUL", "\0");
        tokens.put("white space", " ");
        tokens.put("10 kB", "x".repeat(10_240));
        tokens.put("similar to our scheme", "qh-abc123");
        tokens.put("empty token", "");
        return tokens;
    }

    private static String signedOut(Realm realm) {
        JsonNode tokens = realm.grant("qa-hub-api", "bob").json();
        realm.call("POST", "/protocol/openid-connect/logout")
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("refresh_token", tokens.path("refresh_token").asText()))
                .send();
        return tokens.path("access_token").asText();
    }

    private void addTokens(Map<String, String> tokens) {
        tokens.forEach((name, token) -> {
            for (String hint : HINTS) {
                String form = "token=" + URLEncoder.encode(token, UTF_8);
                String label = hint.isEmpty() ? ", no hint" : ", hint " + hint;
                add(name + label, hint.isEmpty() ? form : form + "&token_type_hint=" + hint);
            }
        });
    }

    private void addCallers(String form) {
        addAs("wrong client secret", call -> call.basic("qa-hub-api", "wrong"), form);
        addAs("no client", call -> call, form);
        addAs("unknown client", call -> call.basic("nobody", "secret"), form);
        addAs("public client", call -> call, form + "&client_id=qa-hub-cli");
        addAs("secret in the form", call -> call, form + "&client_id=qa-hub-api&client_secret=qa-hub-api-secret");
        addAs("wrong secret in the form", call -> call, form + "&client_id=qa-hub-api&client_secret=wrong");
        addAs("client without the scope", call -> call.basic("billing", "billing-secret"), form);
        addAs("a bearer as client", call -> call.bearer("garbage"), form);
    }

    private void addForms(String access) {
        add("no form field", "");
        add("other fields only", "hint=access_token");
        add("duplicated token", "token=" + access + "&token=" + access);
        add("two tokens", "token=garbage&token=" + access);
        add("hint but no token", "token_type_hint=access_token");
        add("empty hint", "token=" + access + "&token_type_hint=");
        add("duplicated hint", "token=" + access + "&token_type_hint=access_token&token_type_hint=access_token");
        add("broken percent-encoding", "token=%zz");
    }

    private void addMediaTypes(String access) {
        UnaryOperator<Http> jwt =
                call -> call.basic("qa-hub-api", "qa-hub-api-secret").header("Accept", "application/jwt");
        String form = "token=" + access;
        addAs("Accept application/jwt", jwt, form);
        addAs("Accept application/jwt, garbage", jwt, "token=garbage");
        requests.put("access token, Accept application/jwt, allowed", () -> withJwtClaim(jwt, form));
        requests.put("garbage, Accept application/jwt, allowed", () -> withJwtClaim(jwt, "token=garbage"));
        requests.put("JSON body", () -> answer(endpoint("POST").json("{\"token\":\"garbage\"}")));
        requests.put("GET", () -> answer(endpoint("GET")));
        requests.put(
                "token in the query",
                () -> answer(authenticated(realm.call("POST", STANDARD_ENDPOINT + "?token=" + access))
                        .form("")));
    }

    /** Keycloak adds the claim {@code jwt} if the client allows it. */
    private String withJwtClaim(UnaryOperator<Http> caller, String form) {
        String id = realm.admin("GET", "/clients?clientId=qa-hub-api", null)
                .json()
                .path(0)
                .path("id")
                .asText();
        String change = "{\"attributes\":{\"client.introspection.response.allow.jwt.claim.enabled\":\"%s\"}}";
        realm.admin("PUT", "/clients/" + id, change.formatted("true"));
        String answer =
                answer(caller.apply(realm.call("POST", STANDARD_ENDPOINT)).form(form));
        realm.admin("PUT", "/clients/" + id, change.formatted("false"));
        return answer;
    }

    private void add(String name, String form) {
        requests.put(name, () -> answer(endpoint("POST").form(form)));
    }

    private void addAs(String name, UnaryOperator<Http> caller, String form) {
        requests.put(
                "access token, " + name,
                () -> answer(caller.apply(realm.call("POST", STANDARD_ENDPOINT)).form(form)));
    }

    private Http endpoint(String method) {
        return authenticated(realm.call(method, STANDARD_ENDPOINT));
    }

    private static Http authenticated(Http call) {
        return call.basic("qa-hub-api", "qa-hub-api-secret");
    }

    private String answer(Http call) {
        return answer(realm, call);
    }

    /** Returns status, headers and body, without the parts that vary per call. */
    static String answer(Realm realm, Http call) {
        Answer answer = call.send();
        String headers = answer.response().headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equals("content-length"))
                .map(header -> header.getKey() + ": " + inOrder(header.getValue()))
                .collect(Collectors.joining("\n"));
        return answer.status() + "\n" + headers + "\n\n" + masked(realm, answer.text());
    }

    /** Keycloak lists the headers that CORS allows in another order after each start. */
    private static List<String> inOrder(List<String> values) {
        return values.stream()
                .flatMap(value -> Stream.of(value.split(", ", -1)))
                .sorted()
                .toList();
    }

    private static String masked(Realm realm, String text) {
        String readable =
                JWT.matcher(text).replaceAll(jwt -> decoded(jwt.group(1)) + "." + decoded(jwt.group(2)) + ".signature");
        String scopesInOrder = SCOPES.matcher(readable).replaceAll(scopes -> {
            return "\"scope\":\""
                    + Stream.of(scopes.group(1).split(" ", -1)).sorted().toList() + "\"";
        });
        return PER_CALL.matcher(scopesInOrder.replace(realm.server().url(), "server"))
                .replaceAll("\"$1\":*");
    }

    private static String decoded(String part) {
        return Matcher.quoteReplacement(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }

    /** A row of the table; each call creates a new request. */
    @FunctionalInterface
    interface Request {
        String answer();
    }
}
