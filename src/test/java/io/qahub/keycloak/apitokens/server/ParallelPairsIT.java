package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Burst.Responses;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pairs of concurrent operations on the tokens of one owner: none fails or waits for long, no revocation is lost, and each
 * revocation has one event. The property {@code pairs.rounds} is the number of repetitions.
 */
@Tag("lifecycle")
@Tag("database")
class ParallelPairsIT {
    private static final int ROUNDS = Integer.getInteger("pairs.rounds", 2);
    private static final int COPIES = 30;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Keycloak rejects a password if the version of the stored one has changed meanwhile. */
    static final Pattern REJECTED_BY_VERSION =
            Pattern.compile("Caused by: jakarta.persistence.OptimisticLockException: .*update CREDENTIAL ");

    private static Database database;
    private static Keycloak keycloak;
    private static int users;

    private Realm realm;
    private Admins admins;
    private String owner;
    private String bearer;
    private Duration longest = Duration.ZERO;

    @BeforeAll
    static void start() {
        database = Database.emptyForProduction();
        keycloak = Keycloak.production("pairs", database, List.of("--log-level=info"));
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @BeforeEach
    void createRealm() {
        realm = Realm.fresh(keycloak, "pairs");
        admins = new Admins(realm);
    }

    @AfterEach
    void deleteRealm() {
        realm.delete();
    }

    /**
     * Keycloak itself rejects a change with 500 if the version of the stored password has changed meanwhile. Keycloak 26.7.4
     * without the provider does so in most rounds of two changes.
     */
    @Test
    void passwordChangeAndPasswordChange() {
        policy("apiTokens.revokeOnPasswordChange", "true");
        repeat(() -> {
            List<JsonNode> tokens = newTokens();
            long mark = keycloak.logMark();
            Burst burst = new Burst();
            for (String password : List.of("one", "two", "three")) {
                burst.add(
                        "password", () -> reset(password), answer -> answer.status() == 204 || answer.status() == 500);
            }
            List<Answer> answers = send(burst).to("password");
            long rejected =
                    answers.stream().filter(answer -> answer.status() == 500).count();
            assertTrue(rejected < answers.size(), "no password was changed");
            assertEquals(
                    rejected,
                    REJECTED_BY_VERSION
                            .matcher(keycloak.logSince(mark))
                            .results()
                            .count());
            assertRevokedOnce(tokens);
        });
    }

    /** By the owner, by admins with the ids in opposite orders, and by reports with the tokens in opposite orders. */
    @Test
    void revocationAndRevocation() {
        repeat(() -> {
            List<JsonNode> tokens = newTokens();
            String admin = realm.adminToken();
            String id = id(tokens.get(0));
            String ids = ids(tokens);
            Collections.reverse(tokens);
            String reversed = ids(tokens);
            send(new Burst()
                    .add("owner", 204, () -> realm.revoke(bearer, id))
                    .add("admin", 204, () -> admins.revoke(admin, id))
                    .add("ids", 200, () -> admins.revokeAll(admin, ids))
                    .add("reversed ids", 200, () -> admins.revokeAll(admin, reversed)));
            assertRevokedOnce(tokens);
        });
    }

    @Test
    void leakReportAndLeakReport() {
        repeat(() -> {
            newOwner();
            List<JsonNode> tokens = new ArrayList<>(IntStream.range(0, 4)
                    .mapToObj(i -> realm.newToken(bearer, "t"))
                    .toList());
            String form = form(tokens);
            Collections.reverse(tokens);
            String reversed = form(tokens);
            String admin = realm.adminToken();
            String ids = ids(tokens);
            send(new Burst()
                    .add("report", 200, () -> report("10.1.0.1", form))
                    .add("reversed report", 200, () -> report("10.1.0.2", reversed))
                    .add("ids", 200, () -> admins.revokeAll(admin, ids)));
            assertRevokedOnce(tokens);
        });
    }

    @Test
    void rotationAndRotation() {
        repeat(() -> {
            newOwner();
            JsonNode token = realm.newToken(bearer, "t");
            Burst burst = new Burst();
            for (int i = 0; i < 3; i++) {
                burst.add("rotation", () -> rotate(token), answer -> answer.status() == 200 || answer.status() == 409);
            }
            List<Answer> rotated = succeeded(send(burst), "rotation");
            assertEquals(1, rotated.stream().filter(this::isActive).count());
            assertEquals(
                    rotated.size(),
                    events("UPDATE_CREDENTIAL").stream()
                            .filter(event -> event.at("/details/rotated").asBoolean())
                            .count());
        });
    }

    @Test
    void rotationAndRevocation() {
        repeat(() -> {
            newOwner();
            JsonNode token = realm.newToken(bearer, "t");
            Responses responses = send(new Burst()
                    .add("rotation", () -> rotate(token), answer -> answer.status() == 200 || answer.status() == 409)
                    .add("revocation", 204, () -> realm.revoke(bearer, id(token))));
            succeeded(responses, "rotation").forEach(rotated -> assertFalse(isActive(rotated)));
            assertRevokedOnce(List.of(token));
        });
    }

    @Test
    void bulkRevocationAndBulkRevocation() {
        repeat(() -> {
            policy("apiTokens.maxLifetimeDays", "");
            List<JsonNode> tokens = newTokens();
            policy("apiTokens.maxLifetimeDays", "7");
            String admin = realm.adminToken();
            Responses responses = send(new Burst()
                    .add("bulk", 200, () -> admins.revokeAll(admin, "{\"all\":true}"))
                    .add("bulk", 200, () -> admins.revokeAll(admin, "{\"user\":\"" + owner + "\"}"))
                    .add("bulk", 200, () -> admins.revokeAll(admin, "{\"filter\":{\"search\":\"t\"}}"))
                    .add("shortening", 200, () -> admins.shorten(admin, "{}")));
            assertEquals(
                    tokens.size(),
                    responses.to("bulk").stream()
                            .mapToInt(answer -> answer.json().path("revoked").asInt())
                            .sum());
            assertRevokedOnce(tokens);
        });
    }

    /** The clean-up runs every second. */
    @Test
    void purgeAndRotation() {
        newOwner();
        List<JsonNode> tokens =
                IntStream.range(0, 4).mapToObj(i -> realm.newToken(bearer, "t")).toList();
        repeat(() -> {
            bearer = realm.signIn("owner" + users);
            List<String> ended = prefixes();
            database.copyToken(tokens.get(0).path("prefix").asText(), ended);
            database.execute(ended.stream()
                    .collect(Collectors.joining(
                            "','", "update QH_API_TOKEN set REVOKED_AT = 1 where PREFIX in ('", "')")));
            while (database.tokenRows("USER_ID", owner) > tokens.size()) {
                Burst burst = new Burst();
                tokens.forEach(token -> burst.add("rotation", 200, () -> rotate(token)));
                assertTrue(succeeded(send(burst), "rotation").stream().allMatch(this::isActive));
            }
        });
    }

    @Test
    void deletionOfTheOwnerAndCreation() {
        repeat(() -> {
            newOwner();
            Burst burst = new Burst();
            for (int i = 0; i < 3; i++) {
                burst.add(
                        "creation",
                        () -> realm.create(bearer, "{\"name\":\"t\",\"scopes\":[\"read\"]}"),
                        answer -> answer.status() == 201 || answer.status() == 401);
            }
            burst.add("deletion", 204, () -> realm.admin("DELETE", "/users/" + owner, null));
            succeeded(send(burst), "creation").forEach(created -> assertFalse(isActive(created)));
            assertEquals(0, database.tokenRows("USER_ID", owner));
        });
    }

    @Test
    void deletionOfTheOwnerAndBulkRevocation() {
        repeat(() -> {
            newTokens();
            String admin = realm.adminToken();
            send(new Burst()
                    .add("bulk", 200, () -> admins.revokeAll(admin, "{\"all\":true}"))
                    .add("bulk", 200, () -> admins.revokeAll(admin, "{\"filter\":{\"search\":\"t\"}}"))
                    .add("deletion", 204, () -> realm.admin("DELETE", "/users/" + owner, null)));
            assertEquals(0, database.tokenRows("USER_ID", owner));
            RemovalEvents.byPrefix(realm, owner).values().forEach(count -> assertEquals(1, count));
        });
    }

    private Answer reset(String password) {
        return realm.admin("PUT", "/users/" + owner + "/reset-password", """
                {"type":"password","value":"%s"}""".formatted(password));
    }

    private void policy(String attribute, String value) {
        Answer answer = realm.admin("PUT", "", """
                {"attributes":{"apiTokens.allowedClients":"qa-hub-cli","%s":"%s"}}""".formatted(attribute, value));
        assertEquals(204, answer.status(), answer.text());
    }

    private void repeat(Runnable round) {
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        System.out.printf("Pairs, %s: %d rounds, at most %d ms%n", database.kind(), ROUNDS, longest.toMillis());
    }

    private Responses send(Burst burst) {
        Responses responses = burst.send(LIMIT);
        if (responses.longest().compareTo(longest) > 0) {
            longest = responses.longest();
        }
        return responses;
    }

    private void newOwner() {
        users++;
        owner = realm.newUser("owner" + users);
        bearer = realm.signIn("owner" + users);
    }

    /** Creates an owner with tokens; returns these in the order of their ids, which is that of no other column. */
    private List<JsonNode> newTokens() {
        newOwner();
        database.copyToken(realm.newToken(bearer, "t").path("prefix").asText(), prefixes());
        List<JsonNode> tokens = new ArrayList<>();
        realm.list(bearer, "?max=100").json().forEach(tokens::add);
        assertEquals(COPIES + 1, tokens.size());
        return tokens;
    }

    private static List<String> prefixes() {
        return IntStream.range(0, COPIES)
                .mapToObj(i -> "%s%02d".formatted(Integer.toString(0x10000 + users, 36), i))
                .toList();
    }

    private Answer rotate(JsonNode token) {
        return realm.call("POST", "/api-tokens/" + id(token) + "/rotate")
                .bearer(bearer)
                .json("{}")
                .send();
    }

    private Answer report(String address, String form) {
        return realm.call("POST", "/api-tokens/revoke")
                .header("X-Forwarded-For", address)
                .form(form)
                .send();
    }

    private static List<Answer> succeeded(Responses responses, String name) {
        return responses.to(name).stream()
                .filter(answer -> answer.status() < 300)
                .toList();
    }

    private boolean isActive(Answer answer) {
        return realm.isActive(answer.json().path("token").asText());
    }

    private void assertRevokedOnce(List<JsonNode> tokens) {
        assertEquals(
                "0",
                admins.list(realm.adminToken(), "?max=1&status=active&user=" + owner)
                        .header("X-Total-Count"));
        Map<String, Integer> expected = tokens.stream()
                .collect(Collectors.toMap(token -> token.path("prefix").asText(), token -> 1));
        assertEquals(expected, RemovalEvents.byPrefix(realm, owner));
    }

    private List<JsonNode> events(String type) {
        List<JsonNode> events = new ArrayList<>();
        realm.admin("GET", "/events?max=1000&type=" + type + "&user=" + owner, null)
                .json()
                .forEach(events::add);
        return events;
    }

    private static String id(JsonNode token) {
        return token.path("id").asText();
    }

    private static String ids(List<JsonNode> tokens) {
        return tokens.stream().map(token -> '"' + id(token) + '"').collect(Collectors.joining(",", "{\"ids\":[", "]}"));
    }

    private static String form(List<JsonNode> tokens) {
        return tokens.stream()
                .map(token -> "token=" + token.path("token").asText())
                .collect(Collectors.joining("&"));
    }
}
