package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"ci\"",
                "not json",
                "{",
                "{}{}",
                "{}",
                "{\"name\":\"ci\"}",
                "{\"scopes\":[\"read\"]}",
                "{\"name\":null,\"scopes\":[\"read\"]}",
                "{\"name\":7,\"scopes\":[\"read\"]}",
                "{\"name\":\"\",\"scopes\":[\"read\"]}",
                "{\"name\":\" \\t \",\"scopes\":[\"read\"]}",
                "{\"name\":\"a\\nb\",\"scopes\":[\"read\"]}",
                "{\"name\":\"a\\u0000b\",\"scopes\":[\"read\"]}",
                "{\"name\":\"a\\u202Eb\",\"scopes\":[\"read\"]}",
                "{\"name\":\"\\u3164\",\"scopes\":[\"read\"]}",
                "{\"name\":\"qh_ab12cd_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij\",\"scopes\":[\"read\"]}",
                "{\"name\":\"ci\",\"scopes\":[]}",
                "{\"name\":\"ci\",\"scopes\":\"read\"}",
                "{\"name\":\"ci\",\"scopes\":[\"admin\"]}",
                "{\"name\":\"ci\",\"scopes\":[\"READ\"]}",
                "{\"name\":\"ci\",\"scopes\":[null]}",
                "{\"name\":\"ci\",\"scopes\":[\"read\",\"read\"]}",
                "{\"name\":\"ci\",\"scopes\":[\"read\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
                "{\"name\":\"ci\",\"scopes\":[\"read\"],\"expiresAt\":\"tomorrow\"}",
                "{\"name\":\"ci\",\"scopes\":[\"read\"],\"expiresAt\":\"\"}",
                "{\"name\":\"ci\",\"scopes\":[\"read\"],\"expiresAt\":1893456000}",
                "{\"name\":\"ci\",\"scopes\":[\"read\"],\"expiresAt\":\"9999-12-31T23:59:59Z\"}",
                "{\"name\":\"ci\",\"scopes\":[\"read\"],\"admin\":true}",
                "{\"name\":\"ci\",\"name\":\"cd\",\"scopes\":[\"read\"]}",
            })
    void anInvalidBodyIsRejectedWith400AndStoresNothing(String body) {
        String bob = QA_HUB.signIn("bob");
        String before = QA_HUB.list(bob, "?status=all").header("X-Total-Count");
        refused(QA_HUB.create(bob, body), 400, "invalid_request");
        assertEquals(before, QA_HUB.list(bob, "?status=all").header("X-Total-Count"));
    }

    @Test
    void aNameOf101CharactersAndABodyOfAMegabyteAreRejected() {
        String bob = QA_HUB.signIn("bob");
        String body = "{\"scopes\":[\"read\"],\"name\":\"%s\"}";
        assertEquals(201, QA_HUB.create(bob, body.formatted("😀".repeat(100))).status());
        refused(QA_HUB.create(bob, body.formatted("😀".repeat(101))), 400, "invalid_request");
        refused(QA_HUB.create(bob, body.formatted("x".repeat(1 << 20))), 400, "invalid_request");
    }

    @Test
    void anInvalidAccessTokenIsRejected() {
        String body = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
        String apiToken = QA_HUB.newToken(QA_HUB.signIn("alice"), "no minting")
                .path("token")
                .asText();
        refused(QA_HUB.create("garbage", body), 401, "invalid_token");
        refused(QA_HUB.create(apiToken, body), 401, "invalid_token");
        refused(QA_HUB.create(Realm.admin(), body), 401, "invalid_token");
        refused(Http.call("GET", QA_HUB.path("/api-tokens")).send(), 401, "invalid_token");
        refused(QA_HUB.create(QA_HUB.signIn("alice", "qa-hub-api"), body), 403, "access_denied");
        refused(QA_HUB.revoke(QA_HUB.signIn("alice"), UUID.randomUUID().toString()), 404, "not_found");
    }

    @Test
    void aFormIsRejectedAndStoresNothing() {
        long mark = Keycloak.get().logMark();
        String bob = QA_HUB.signIn("bob");
        String before = QA_HUB.list(bob, "?status=all").header("X-Total-Count");
        for (String form : List.of("{\"name\":\"ci\",\"scopes\":[\"read\"]}", "name=ci&scopes=read")) {
            Answer answer =
                    QA_HUB.call("POST", "/api-tokens").bearer(bob).form(form).send();
            refused(answer, 400, "invalid_request");
        }
        assertEquals(before, QA_HUB.list(bob, "?status=all").header("X-Total-Count"));
        assertNoStackTraceSince(mark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"first=x", "first=-1", "first=", "max=99999999999", "max=1e3", "status=ACTIVE", "status=none"})
    void anInvalidQueryIsRejectedWith400(String query) {
        refused(QA_HUB.list(QA_HUB.signIn("bob"), "?" + query), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"some-id", "%00", "%F0%9F%98%80", "'%20or%201=1%20--", "introspect%20"})
    void anUnknownIdReturns404(String id) {
        long mark = Keycloak.get().logMark();
        refused(QA_HUB.list(QA_HUB.signIn("bob"), "/" + id), 404, "not_found");
        refused(QA_HUB.revoke(QA_HUB.signIn("bob"), id), 404, "not_found");
        assertNoStackTraceSince(mark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "405 PUT ",
                "405 PATCH ",
                "405 DELETE ",
                "405 POST /some-id",
                "405 PUT /some-id",
                "405 GET /some-id/previous-secret",
                "405 PATCH /some-id/previous-secret",
                "405 PATCH /some-id/rotate",
                "404 OPTIONS /some-id/more",
                "404 GET /some-id/more",
                "404 POST /some-id/more",
                "404 DELETE /some-id/rotate/more",
                "404 PUT /some-id/more",
                "405 GET /introspect",
                "405 PUT /introspect",
                "405 OPTIONS /introspect",
                "404 POST /introspect/more",
                "405 POST /self",
                "405 PATCH /self",
                "404 GET /self/more",
                "405 GET /revoke",
                "405 DELETE /revoke",
                "404 POST /revoke/more",
            })
    void unsupportedPathsAndMethodsAreRejected(String expected) {
        long mark = Keycloak.get().logMark();
        String[] words = expected.split(" ", 3);
        Answer answer = QA_HUB.call(words[1], "/api-tokens" + words[2])
                .bearer(QA_HUB.signIn("bob"))
                .json("{}")
                .send();
        boolean isPath = words[0].equals("405");
        refused(answer, isPath ? 405 : 404, isPath ? "invalid_request" : "not_found");
        assertEquals(isPath, answer.header("Allow") != null);
        assertNoStackTraceSince(mark);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 16, 1 << 20, 5 << 20})
    void aHugeBodyIsRejectedRegardlessOfItsContent(int size) {
        long mark = Keycloak.get().logMark();
        String bob = QA_HUB.signIn("bob");
        for (String body : List.of(
                "{\"name\":\"" + "x".repeat(size) + "\",\"scopes\":[\"read\"]}",
                "{\"name\":\"ci\",\"scopes\":[\"read\"]}" + " ".repeat(size),
                "{\"name\":\"ci\",\"scopes\":[" + "\"read\",".repeat(size / 7) + "\"read\"]}",
                "[".repeat(size))) {
            refused(QA_HUB.create(bob, body), 400, "invalid_request");
        }
        assertNoStackTraceSince(mark);
    }

    @Test
    void anotherUsersTokenIsIndistinguishableFromAMissingOne() {
        String id = QA_HUB.newToken(QA_HUB.signIn("alice"), "hers").path("id").asText();
        String bob = QA_HUB.signIn("bob");
        String none = QA_HUB.revoke(bob, UUID.randomUUID().toString()).text();
        refused(QA_HUB.revoke(bob, id), 404, "not_found");
        refused(QA_HUB.list(bob, "/" + id), 404, "not_found");
        assertEquals(none, QA_HUB.revoke(bob, id).text());
        assertEquals(none, QA_HUB.list(bob, "/" + id).text());
    }

    private static void assertNoStackTraceSince(long mark) {
        assertEquals(List.of(), Keycloak.get().stackTracesSince(mark));
    }

    static void refused(Answer answer, int status, String error) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(error, answer.json().path("error").asText());
        assertFalse(answer.json().path("error_description").asText().isBlank());
    }
}
