package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Mailbox.Mail;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of GitHub's secret scanning, signed with keys of the tests. */
class GithubReportIT {
    private static final String TYPE = "qa_hub_api_token";
    private static final String URL = "https://github.com/octocat/Hello-World/blob/1234560/a.sh?x=1&y=2";
    private static final String REFUSED = "The request is not signed with a known key.";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Realm realm;
    private static Mailbox mailbox;

    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        mailbox = new Mailbox();
        realm = Realm.fresh("github");
        realm.admin("PUT", "", "{\"realm\":\"github\"," + mailbox.settings() + "}");
        realm.admin("PUT", "/events/config", "{\"eventsEnabled\":true,\"enabledEventTypes\":[\"REMOVE_CREDENTIAL\"]}");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
        mailbox.close();
    }

    @Test
    void aTokenIsRevokedAndTheEventContainsThePlace() {
        JsonNode token = realm.newToken(alice, "leaked");
        Answer answer = send(message(match(token)));
        assertEquals("no-store", answer.header("Cache-Control"));
        JsonNode expected = JSON.createObjectNode()
                .put("token_hash", sha256(string(token)))
                .put("token_type", TYPE)
                .put("label", "true_positive");
        assertEquals(JSON.createArrayNode().add(expected), answer.json());
        assertFalse(realm.isActive(string(token)));
        JsonNode details = event(token);
        assertEquals("leak report", details.path("revoked_by").asText());
        assertEquals(URL, details.path("leak_url").asText());
        assertEquals("content", details.path("leak_source").asText());
    }

    @Test
    void theOwnerLearnsWhereTheTokenWasFoundOnce() {
        realm.admin("POST", "/users", """
            {"username":"greta","enabled":true,"email":"greta@example.org","emailVerified":true,"firstName":"F","lastName":"L",
             "attributes":{"locale":["de"]},"credentials":[{"type":"password","value":"greta"}]}""");
        String gretasId = realm.admin("GET", "/users?username=greta&exact=true", null)
                .json()
                .path(0)
                .path("id")
                .asText();
        String greta = realm.signIn("greta");
        JsonNode first = realm.newToken(greta, "eins");
        JsonNode second = realm.newToken(greta, "zwei");
        JsonNode later = realm.newToken(greta, "drei");
        String message = message(match(first), match(string(second), TYPE, "", "Npm"));
        String answer = send(message).text();
        Mail mail = mailbox.await("greta", 4).get(3).keep("leaked-github-de");
        assertTrue(mail.text().contains("  Gefunden in: " + URL + " (content)"), mail.text());
        assertTrue(mail.text().contains("  Gefunden in: Npm"), mail.text());
        assertTrue(mail.html().contains("Gefunden in: " + URL.replace("&", "&amp;") + " (content)<br>"), mail.html());
        assertFalse(mail.text().contains(string(first)));

        assertEquals(answer, send(message).text());
        send(message(match(later)));
        assertEquals(
                "API-Token „drei“ als kompromittiert gemeldet",
                mailbox.await("greta", 5).get(4).subject());
        assertEquals(5, mailbox.of("greta").size());
        assertEquals(
                Map.of(prefix(first), 1, prefix(second), 1, prefix(later), 1), RemovalEvents.byPrefix(realm, gretasId));
    }

    @Test
    void aMessageThatIsNotSignedWithTheKeyRevokesNothing() throws GeneralSecurityException {
        JsonNode token = realm.newToken(alice, "spared");
        String message = message(match(token));
        String good = GithubMessages.signature(message, GithubMessages.privateKey());
        PrivateKey other = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        String bothZero = "MAYCAQACAQA="; // accepted by JDK 15 to 18.0.0: CVE-2022-21449
        for (Http call : List.of(
                GithubMessages.unsigned(realm, message),
                GithubMessages.unsigned(realm, message).header(GithubMessages.KEY_HEADER, GithubMessages.KEY),
                GithubMessages.unsigned(realm, message).header(GithubMessages.SIGNATURE_HEADER, good),
                GithubMessages.call(realm, "unknown", good, message),
                GithubMessages.call(realm, GithubMessages.KEY, "", message),
                GithubMessages.call(realm, GithubMessages.KEY, "not Base64!", message),
                GithubMessages.call(realm, GithubMessages.KEY, "bm90IERFUg==", message),
                GithubMessages.call(realm, GithubMessages.KEY, bothZero, message),
                GithubMessages.call(realm, GithubMessages.KEY, good, message + " "),
                GithubMessages.call(realm, GithubMessages.KEY, good, ""),
                GithubMessages.call(realm, GithubMessages.KEY, GithubMessages.signature(message, other), message),
                GithubMessages.call(realm, GithubMessages.KEY, good, message)
                        .header(GithubMessages.SIGNATURE_HEADER, good),
                GithubMessages.call(realm, GithubMessages.KEY, good, message)
                        .header(GithubMessages.KEY_HEADER, GithubMessages.KEY))) {
            Answer answer = call.send();
            BadRequestIT.refused(answer, 403, "access_denied");
            assertEquals(REFUSED, answer.json().path("error_description").asText());
        }
        assertTrue(realm.isActive(string(token)));
        assertEquals(
                200,
                GithubMessages.unsigned(realm, message)
                        .header("GITHUB-PUBLIC-KEY-IDENTIFIER", GithubMessages.KEY)
                        .header("GITHUB-PUBLIC-KEY-SIGNATURE", good)
                        .send()
                        .status());
        assertFalse(realm.isActive(string(token)));
    }

    /** Otherwise, anyone who shares an address with GitHub, such as that of a proxy, could stop its messages. */
    @Test
    void onlyMessagesWithoutAValidSignatureAreLimitedPerAddress() {
        String address = "10.0.3.1";
        String report = "&token=qh_nonsense".repeat(100).substring(1);
        for (int i = 0; i < 3; i++) {
            realm.call("POST", "/api-tokens/revoke")
                    .header("X-Forwarded-For", address)
                    .form(report)
                    .send();
        }
        Answer refused = GithubMessages.unsigned(realm, "[]")
                .header("X-Forwarded-For", address)
                .send();
        BadRequestIT.refused(refused, 429, "temporarily_unavailable");
        Http signed = GithubMessages.signed(realm, "[]").header("X-Forwarded-For", address);
        assertEquals("[]", signed.send().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no JSON", "[", "[] []", "{}", "null", "\"text\"", "[{\"token\":\"a\",\"token\":\"b\"}]"})
    void aSignedBodyThatIsNoJsonArrayIsRejected(String body) {
        BadRequestIT.refused(GithubMessages.signed(realm, body).send(), 400, "invalid_request");
    }

    @Test
    void aMessageThatIsTooLongIsRejected() {
        JsonNode token = realm.newToken(alice, "in a long message");
        String message = message(match(token));
        String limit = message + " ".repeat(2 * 1024 * 1024 - message.length());
        BadRequestIT.refused(GithubMessages.signed(realm, limit + " ").send(), 400, "invalid_request");
        assertTrue(realm.isActive(string(token)));
        send(limit);
        assertFalse(realm.isActive(string(token)));
    }

    @Test
    void whatIsNotATokenOfTheRealmIsAFalsePositive() {
        JsonNode token = realm.newToken(alice, "known");
        String foreign = string(Realm.QA_HUB.newToken(Realm.QA_HUB.signIn("alice"), "elsewhere"));
        String wrong = MadeUpTokens.withPrefix(prefix(token));
        List<String> strings = List.of(wrong, foreign, MadeUpTokens.withPrefix("000000"), "ghp_other", "", "\u0000");
        String[] matches = strings.stream()
                .map(string -> match(string, "another_type", URL, "commit"))
                .toArray(String[]::new);
        for (JsonNode feedback : send(message(matches)).json()) {
            assertEquals("false_positive", feedback.path("label").asText());
            assertEquals("another_type", feedback.path("token_type").asText());
        }
        assertTrue(realm.isActive(string(token)), "a wrong secret revoked the token");
        assertTrue(Realm.QA_HUB.isActive(foreign));
    }

    @Test
    void anExpiredTokenIsATruePositiveAndAReplacedSecretIsNot() {
        Instant expiry = Instant.now().plusSeconds(1);
        JsonNode expired = realm.create(
                        alice, "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json();
        JsonNode replaced = realm.newToken(alice, "rotated");
        String renewed = rotate(replaced, 0);
        Waits.until(expiry);
        JsonNode answer = send(message(match(expired), match(replaced))).json();
        assertEquals(List.of("true_positive", "false_positive"), answer.findValuesAsText("label"));
        assertEquals("leak report", event(expired).path("revoked_by").asText());
        assertTrue(realm.isActive(renewed));
    }

    /** GitHub derives the type from a name that is agreed by email, and may add fields. */
    @Test
    void theTypeAndUnknownFieldsAreNotEvaluated() {
        JsonNode one = realm.newToken(alice, "one");
        JsonNode two = realm.newToken(alice, "two");
        JsonNode answer = send("[{\"token\":\"" + string(one)
                        + "\",\"type\":\"unknown\",\"new\":{}},7,{},{\"token\":7}," + "{\"token\":\"" + string(two)
                        + "\",\"url\":null}]")
                .json();
        assertEquals(2, answer.size());
        assertEquals("unknown", answer.path(0).path("token_type").asText());
        assertFalse(realm.isActive(string(one)) || realm.isActive(string(two)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://github.com/a", "https://github.com/<b>", "javascript:alert(1)", "TOKEN"})
    void aUrlThatIsNotSafeToShowIsOmitted(String url) {
        JsonNode token = realm.newToken(alice, "place");
        String shown = url.equals("TOKEN") ? "https://github.com/" + string(token) : url;
        send(message(match(string(token), TYPE, shown, "<b>")));
        JsonNode details = event(token);
        assertFalse(details.has("leak_url") || details.has("leak_source"), details.toString());
    }

    @Test
    void aThousandTokensAreProcessed() {
        List<JsonNode> tokens =
                Stream.generate(() -> realm.newToken(alice, "t")).limit(10).toList();
        List<String> matches =
                new ArrayList<>(tokens.stream().map(GithubReportIT::match).toList());
        for (int i = 0; i < 10; i++) {
            matches.add(match(MadeUpTokens.withPrefix(prefix(tokens.get(0))), TYPE, URL, "content"));
        }
        while (matches.size() < 1000) {
            matches.add(match(MadeUpTokens.withPrefix("zzz" + matches.size() % 1000), TYPE, URL, "content"));
        }
        Collections.shuffle(matches);
        long sent = System.nanoTime();
        JsonNode answer = send(message(matches.toArray(String[]::new))).json();
        System.out.printf(
                "A message with 1,000 matches took %d ms%n",
                Duration.ofNanos(System.nanoTime() - sent).toMillis());
        assertEquals(1000, answer.size());
        assertEquals(
                10,
                answer.findValuesAsText("label").stream()
                        .filter("true_positive"::equals)
                        .count());
        tokens.forEach(token -> assertFalse(realm.isActive(string(token))));
    }

    /** Each wrong secret of this token costs four bcrypt operations, of which the server runs one at a time. */
    @Test
    void tokensThatWereFoundAreRevokedEvenIfTheServerIsTooBusyForTheRest() {
        JsonNode attacked = realm.newToken(alice, "attacked");
        for (int i = 0; i < 3; i++) {
            rotate(attacked, 3600);
        }
        List<JsonNode> tokens =
                Stream.generate(() -> realm.newToken(alice, "t")).limit(30).toList();
        ExecutorService threads = Executors.newFixedThreadPool(tokens.size());
        List<Answer> busy;
        try {
            List<CompletableFuture<Answer>> answers = tokens.stream()
                    .map(token -> GithubMessages.signed(
                            realm,
                            message(match(token), match(MadeUpTokens.withPrefix(prefix(attacked)), TYPE, URL, ""))))
                    .map(call -> CompletableFuture.supplyAsync(call::send, threads))
                    .toList();
            busy = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.status() != 200)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
        assertNotEquals(List.of(), busy);
        for (Answer answer : busy) {
            BadRequestIT.refused(answer, 503, "temporarily_unavailable");
            assertNotNull(answer.header("Retry-After"));
        }
        tokens.forEach(token -> assertFalse(realm.isActive(string(token))));
    }

    private static Answer send(String message) {
        Answer answer = GithubMessages.signed(realm, message).send();
        assertEquals(200, answer.status(), answer.text());
        return answer;
    }

    /** Returns the new token string. */
    private String rotate(JsonNode token, int overlapSeconds) {
        return string(realm.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(alice)
                .json("{\"overlapSeconds\":" + overlapSeconds + "}")
                .send()
                .json());
    }

    private static String message(String... matches) {
        return "[" + String.join(",", matches) + "]";
    }

    private static String match(JsonNode token) {
        return match(string(token), TYPE, URL, "content");
    }

    private static String match(String token, String type, String url, String source) {
        return JSON.createObjectNode()
                .put("token", token)
                .put("type", type)
                .put("url", url)
                .put("source", source)
                .toString();
    }

    private static JsonNode event(JsonNode token) {
        JsonNode events = realm.admin("GET", "/events?type=REMOVE_CREDENTIAL&max=1000", null)
                .json();
        List<JsonNode> ofToken = IntStream.range(0, events.size())
                .mapToObj(i -> events.path(i).path("details"))
                .filter(details -> details.path("prefix").asText().equals(prefix(token)))
                .toList();
        assertEquals(1, ofToken.size());
        return ofToken.get(0);
    }

    private static String string(JsonNode token) {
        return token.path("token").asText();
    }

    private static String prefix(JsonNode token) {
        return token.path("prefix").asText();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
