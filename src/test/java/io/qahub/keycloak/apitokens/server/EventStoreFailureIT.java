package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to revoke a token works while Keycloak can store neither user events nor admin events. */
class EventStoreFailureIT {
    private static final Admins ADMINS = new Admins(QA_HUB);
    private static String signedIn;

    static Stream<Arguments> ways() {
        return Stream.of(
                way("the owner", token -> QA_HUB.call("DELETE", "/api-tokens/" + id(token))
                        .bearer(signedIn)
                        .send()),
                way("an admin", token -> ADMINS.revoke(Realm.admin(), id(token))),
                way("an admin, in bulk", token -> ADMINS.revokeAll(Realm.admin(), "{\"ids\":[\"" + id(token) + "\"]}")),
                way(
                        "an admin, with a filter",
                        token ->
                                ADMINS.revokeAll(Realm.admin(), "{\"filter\":{\"search\":\"" + prefix(token) + "\"}}")),
                way("the bearer", token -> QA_HUB.call("DELETE", "/api-tokens/self")
                        .bearer(string(token))
                        .send()),
                way("a leak report", token -> QA_HUB.call("POST", "/api-tokens/revoke")
                        .form(Map.of("token", string(token)))
                        .send()),
                way("a client", token -> QA_HUB.call("POST", "/protocol/openid-connect/revoke")
                        .form(Map.of("client_id", "qa-hub-cli", "token", string(token)))
                        .send()));
    }

    private static Arguments way(String name, Function<JsonNode, Http.Answer> revoke) {
        return Arguments.of(name, revoke);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void aTokenIsRevokedWithoutTheEventStore(String name, Function<JsonNode, Http.Answer> revoke) {
        JsonNode token = QA_HUB.newToken(QA_HUB.signIn("alice"), "without events");
        signedIn = QA_HUB.signIn("alice");
        List<String> tables = List.of("EVENT_ENTITY", "ADMIN_EVENT_ENTITY");
        Http.Answer answer;
        tables.forEach(table -> Database.get().execute("alter table " + table + " rename to " + table + "_AWAY"));
        try {
            answer = revoke.apply(token);
        } finally {
            tables.forEach(table -> Database.get().execute("alter table " + table + "_AWAY rename to " + table));
        }
        assertEquals(2, answer.status() / 100, answer.text());
        assertFalse(QA_HUB.isActive(string(token)));
    }

    private static String id(JsonNode token) {
        return token.path("id").asText();
    }

    private static String prefix(JsonNode token) {
        return token.path("prefix").asText();
    }

    private static String string(JsonNode token) {
        return token.path("token").asText();
    }
}
