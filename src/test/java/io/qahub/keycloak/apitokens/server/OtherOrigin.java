package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Pages of another origin, which call the owner's resource with access tokens of public clients. */
record OtherOrigin(Realm realm) {
    static final String APP = "https://app.example";

    /** Creates a public client whose web origin is this origin; {@code more} are further fields. */
    void newClient(String name, String more) {
        Answer made = realm.admin("POST", "/clients", """
                        {"clientId":"%s","publicClient":true,"directAccessGrantsEnabled":true,
                         "webOrigins":["%s"]%s}""".formatted(name, APP, more));
        assertEquals(201, made.status(), made.text());
    }

    /** Lets this client create tokens. */
    void allow(String client) {
        realm.admin("PUT", "", """
                {"realm":"%s","attributes":{"apiTokens.allowedClients":"%s"}}""".formatted(realm.name(), client));
    }

    /** A call to the owner's resource; {@code body} is null if it has none. */
    record Call(String method, String path, String body) {}

    /** Returns every call to the owner's resource; revocation of the token with this path comes last. */
    static List<Call> calls(String token) {
        return List.of(
                new Call("POST", "", "{\"name\":\"ci\",\"scopes\":[\"read\"]}"),
                new Call("GET", "", null),
                new Call("GET", token, null),
                new Call("PATCH", token, "{\"name\":\"renamed\"}"),
                new Call("POST", token + "/rotate", null),
                new Call("DELETE", token + "/previous-secret", null),
                new Call("GET", "/policy", null),
                new Call("DELETE", token, null));
    }

    Answer call(String method, String path, String bearer, String json) {
        return call(new Call(method, path, json), bearer);
    }

    Answer call(Call call, String bearer) {
        return from(APP, call, bearer);
    }

    /** Makes a call from another origin than {@link #APP}. */
    Answer from(String origin, Call call, String bearer) {
        Http http = realm.call(call.method, "/api-tokens" + call.path)
                .bearer(bearer)
                .header("Origin", origin);
        return (call.body == null ? http : http.json(call.body)).send();
    }

    static void assertReadable(int status, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(APP, answer.header("Access-Control-Allow-Origin"), answer.status() + " " + answer.text());
        assertEquals(
                Set.of("x-total-count", "location", "www-authenticate"), list(answer, "Access-Control-Expose-Headers"));
    }

    /** Returns the values of a header in lower case. */
    static Set<String> list(Answer answer, String header) {
        return answer.response().headers().allValues(header).stream()
                .flatMap(line -> Arrays.stream(line.toLowerCase().split(",\\s*")))
                .collect(Collectors.toSet());
    }
}
