package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The result of each filter on six tokens, in each order. */
class AdminFiltersIT {
    private static Realm realm;
    private static Admins admins;

    @BeforeAll
    static void makeTokens() {
        realm = Realm.fresh("filters");
        admins = new Admins(realm);
        make("alice", "forgotten", "write", 100);
        use(make("alice", "long idle", "write", 80), 50);
        use(make("bob", "in use", "read", 60), 0.1);
        expire(make("alice", "expired", "write", 40), -1);
        expire(make("bob", "ends soon", "write", 2), 5);
        JsonNode revoked = make("bob", "revoked", "write", 1);
        realm.revoke(realm.signIn("bob"), revoked.path("id").asText());
    }

    private static JsonNode make(String owner, String name, String scope, int daysAgo) {
        JsonNode token = realm.create(
                        realm.signIn(owner), "{\"name\":\"%s\",\"scopes\":[\"%s\"]}".formatted(name, scope))
                .json();
        set(token, "CREATED_AT", -daysAgo);
        return token;
    }

    private static void use(JsonNode token, double daysAgo) {
        set(token, "LAST_USED_AT", -daysAgo);
    }

    private static void expire(JsonNode token, double days) {
        set(token, "EXPIRES_AT", days);
    }

    private static void set(JsonNode token, String column, double days) {
        Instant time = Instant.now().plus(Duration.ofMinutes((long) (days * 24 * 60)));
        Database.get().setTime(token.path("prefix").asText(), column, time);
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                        | ends soon, expired, in use, long idle, forgotten",
                "?status=all                               | revoked, ends soon, expired, in use, long idle, forgotten",
                "?status=active                            | ends soon, in use, long idle, forgotten",
                "?status=expired                           | expired",
                "?status=revoked                           | revoked",
                "?scope=write                              | ends soon, expired, long idle, forgotten",
                "?scope=read                               | in use",
                "?neverUsed=true                           | ends soon, expired, forgotten",
                "?neverUsed=false&scope=read               | in use",
                "?notUsedForDays=45                        | long idle, forgotten",
                "?notUsedForDays=90                        | forgotten",
                "?expiresWithinDays=6                      | ends soon",
                "?expiresWithinDays=4                      | ''",
                "?user=alice                               | expired, long idle, forgotten",
                "?user=bob&status=all&scope=write          | revoked, ends soon",
                "?user=nobody                              | ''",
                "?search=IDLE                              | long idle",
                "?search=g%20i                             | long idle",
                "?search=%25                               | ''",
                "?search=_                                 | ''",
                "?order=asc                                | forgotten, long idle, in use, expired, ends soon",
                "?sort=created&order=desc                  | ends soon, expired, in use, long idle, forgotten",
                "?sort=lastUsed&max=2                      | in use, long idle",
                "?sort=lastUsed&order=asc&first=3          | long idle, in use",
                "?sort=expires&order=asc&max=2             | expired, ends soon",
                "?sort=expires&first=3                     | ends soon, expired",
                "?first=1&max=2                            | expired, in use",
                "?first=5                                  | ''"
            })
    void aFilterReturnsMatchingTokensOnly(String query, String names) {
        Answer answer = admins.list(Realm.admin(), query);
        assertEquals(
                names.isEmpty() ? List.of() : List.of(names.split(", ")),
                answer.json().findValuesAsText("name"),
                answer.text());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 5",
        "?max=2, 5",
        "?first=3&max=2, 5",
        "?first=5, 5",
        "?max=0, 5",
        "?status=all&max=6, 6",
        "?first=9, 5",
        "?search=idle, 1"
    })
    void theTotalCoversAllPages(String query, String total) {
        assertEquals(total, admins.list(Realm.admin(), query).header("X-Total-Count"));
    }

    @Test
    void filteringByUserIdIsTheSameAsByUsername() {
        String id = admins.userId("alice");
        assertEquals(
                admins.list(Realm.admin(), "?user=alice").text(),
                admins.list(Realm.admin(), "?user=" + id).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=x",
                "scope=admin",
                "neverUsed=yes",
                "notUsedForDays=-1",
                "notUsedForDays=x",
                "expiresWithinDays=1.5",
                "expiresWithinDays=99999999999",
                "sort=name",
                "order=up",
                "first=-1",
                "max=many"
            })
    void anInvalidFilterIsRejected(String query) {
        Answer answer = admins.list(Realm.admin(), "?" + query);
        assertEquals(400, answer.status(), answer.text());
        assertEquals("invalid_request", answer.json().path("error").asText());
        assertFalse(answer.json().path("error_description").asText().isBlank());
    }
}
