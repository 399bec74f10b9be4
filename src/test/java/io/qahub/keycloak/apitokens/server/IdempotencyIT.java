package io.qahub.keycloak.apitokens.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repeated creation or rotation whose response was lost creates no second secret. */
class IdempotencyIT {
    private static final String HEADER = "Idempotency-Key";
    private static final String CI = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static Realm realm;
    private static Admins admins;

    private final String key = UUID.randomUUID().toString();
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("idempotency");
        admins = new Admins(realm);
        realm.admin("POST", "/clients", "{\"clientId\":\"robot\",\"serviceAccountsEnabled\":true}");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aRepeatedCreationNamesTheTokenThatTheFirstOneCreated() {
        Answer first = create(alice, key, CI);
        assertEquals(201, first.status(), first.text());
        String before = total();
        assertNames(first.json(), create(alice, key, CI));
        assertNames(first.json(), create(alice, key, "{\"name\":\"other\",\"scopes\":[\"write\"]}"));
        assertEquals(before, total());

        realm.revoke(alice, first.json().path("id").asText());
        assertNames(first.json(), create(alice, key, CI));
        assertEquals(201, create(alice, key + "x", CI).status());
    }

    private static void assertNames(JsonNode first, Answer repeated) {
        BadRequestIT.refused(repeated, 409, "repeated_request");
        assertTrue(repeated.header("Location")
                .endsWith("/api-tokens/" + first.path("id").asText()));
        String sentence = repeated.json().path("error_description").asText();
        assertTrue(sentence.contains("qh_" + first.path("prefix").asText() + "."), sentence);
    }

    @Test
    void aKeyBelongsToOneOwnerAndIsNotStored() {
        assertEquals(201, create(alice, key, CI).status());
        assertEquals(201, create(realm.signIn("bob"), key, CI).status());
        assertFalse(Database.get().dump().contains(key));
    }

    @RepeatedTest(3)
    void ofParallelRequestsWithOneKeyOneCreatesAToken() {
        long mark = Keycloak.get().logMark();
        int before = Integer.parseInt(total());
        List<Answer> answers = inParallel(() -> create(alice, key, CI));
        assertEquals(Map.of(201, 1L, 409, 7L), byStatus(answers), texts(answers));
        assertEquals(before + 1, Integer.parseInt(total()));
        JsonNode created = find(answers, 201).json();
        answers.stream().filter(answer -> answer.status() == 409).forEach(answer -> assertNames(created, answer));
        assertFalse(Keycloak.get().logSince(mark).contains("$2a$"), "the log contains a bcrypt hash");
    }

    /** The transaction of the first request is not committed when the second one looks for its token. */
    @Test
    void ofTwoRequestsThatDoNotSeeEachOtherTheDatabaseAcceptsOne() {
        JsonNode first = create(alice, key, CI).json();
        String row = " where ID = '" + first.path("id").asText() + "'";
        Database database = Database.get();
        String stored =
                database.texts("select CREATION_KEY from QH_API_TOKEN" + row).get(0);
        database.execute("update QH_API_TOKEN set CREATION_KEY = ID" + row);
        String before = total();
        long mark = Keycloak.get().logMark();
        List<CompletableFuture<Answer>> second = new ArrayList<>();
        database.uncommitted("update QH_API_TOKEN set CREATION_KEY = '" + stored + "'" + row, () -> {
            second.add(CompletableFuture.supplyAsync(() -> create(alice, key, CI)));
            await("the insert").until(() -> Keycloak.get().logSince(mark).contains("insert into QH_API_TOKEN"));
        });
        assertNames(first, second.get(0).join());
        assertEquals(before, total());
        assertFalse(Keycloak.get().logSince(mark).contains("$2a$"), "the log contains a bcrypt hash");
    }

    @Test
    void aRepeatedRotationKeepsTheSecretOfTheFirstOne() {
        String id = create(alice, key, CI).json().path("id").asText();
        Answer first = rotate(id, key);
        assertEquals(200, first.status(), first.text());
        BadRequestIT.refused(rotate(id, key), 409, "repeated_request");
        assertTrue(realm.isActive(first.json().path("token").asText()));
        assertEquals(200, rotate(id, key + "x").status());
        assertEquals(200, rotate(id, null).status());
        assertEquals(200, rotate(id, null).status());
    }

    @RepeatedTest(3)
    void ofParallelRotationsWithOneKeyOneIsDone() {
        String id = create(alice, key, CI).json().path("id").asText();
        List<Answer> answers = inParallel(() -> rotate(id, key));
        assertEquals(Map.of(200, 1L, 409, 7L), byStatus(answers), texts(answers));
        answers.stream()
                .filter(answer -> answer.status() == 409)
                .forEach(answer -> BadRequestIT.refused(answer, 409, "repeated_request"));
        assertTrue(realm.isActive(find(answers, 200).json().path("token").asText()));
    }

    @Test
    void aRepeatedCreationForAServiceAccountNamesTheToken() {
        String json = "{\"client\":\"robot\",\"name\":\"ci\",\"scopes\":[\"read\"]}";
        Supplier<Answer> creation =
                () -> Http.call(realm.server(), "POST", "/admin/realms/" + realm.name() + "/api-tokens")
                        .bearer(realm.adminToken())
                        .header(HEADER, key)
                        .json(json)
                        .send();
        Answer first = creation.get();
        assertEquals(201, first.status(), first.text());
        assertNames(first.json(), creation.get());
        assertEquals(
                "1",
                admins.list(realm.adminToken(), "?user=service-account-robot").header("X-Total-Count"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789012345678901234567890123456789012345678901234567890123x", "a\tb"})
    void anInvalidKeyIsRefused(String invalid) {
        BadRequestIT.refused(create(alice, invalid, CI), 400, "invalid_request");
        String id = realm.newToken(alice, "t").path("id").asText();
        BadRequestIT.refused(rotate(id, invalid), 400, "invalid_request");
    }

    @Test
    void aKeyThatIsSentTwiceIsRefused() {
        Answer answer = realm.call("POST", "/api-tokens")
                .bearer(alice)
                .header(HEADER, key)
                .header(HEADER, key + "x")
                .json(CI)
                .send();
        BadRequestIT.refused(answer, 400, "invalid_request");
    }

    private String total() {
        return realm.list(alice, "?max=0").header("X-Total-Count");
    }

    private static Answer create(String bearer, String key, String json) {
        return realm.call("POST", "/api-tokens")
                .bearer(bearer)
                .header(HEADER, key)
                .json(json)
                .send();
    }

    private Answer rotate(String id, String key) {
        Http call = realm.call("POST", "/api-tokens/" + id + "/rotate").bearer(alice);
        return (key == null ? call : call.header(HEADER, key)).send();
    }

    private static List<Answer> inParallel(Supplier<Answer> request) {
        Burst burst = new Burst();
        for (int i = 0; i < 8; i++) {
            burst.add("request", request, answer -> true);
        }
        return burst.send(Duration.ofMinutes(1)).to("request");
    }

    private static Map<Integer, Long> byStatus(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    }

    private static String texts(List<Answer> answers) {
        return answers.stream().map(Answer::text).collect(Collectors.joining("\n"));
    }

    private static Answer find(List<Answer> answers, int status) {
        return answers.stream()
                .filter(answer -> answer.status() == status)
                .findFirst()
                .orElseThrow();
    }
}
