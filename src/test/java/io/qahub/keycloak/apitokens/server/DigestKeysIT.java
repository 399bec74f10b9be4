package io.qahub.keycloak.apitokens.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.token.DigestKey;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One server is restarted with different keys of stored digests, in the order of these methods. */
@Tag("lifecycle")
@TestMethodOrder(OrderAnnotation.class)
class DigestKeysIT {
    private static final String OPTION = "--spi-api-tokens--default--digest-keys";
    private static final String VARIABLE = "KC_SPI_API_TOKENS__DEFAULT__DIGEST_KEYS=";
    private static final String UNKNOWN_KEY = "was made with a key that this node does not have";
    private static final String FIRST = newKey();
    private static final String SECOND = newKey();
    private static final String THIRD = newKey();

    /** Token strings: created without a key, created with a key, rotated with a key. */
    private static String older;

    private static String made;
    private static String rotated;

    /** A token whose row is moved to another realm, and a token of that realm. */
    private static String moved;

    private static String foreign;

    private static final StringBuilder LOGS = new StringBuilder();

    @TempDir
    static Path directory;

    private static Database database;
    private static Keycloak keycloak;
    private static Realm realm;
    private static String alice;

    @BeforeAll
    static void createDatabase() {
        database = Database.h2("digest-keys");
    }

    /** The logs contain everything that the provider and Keycloak's services log at TRACE. */
    @AfterAll
    static void neitherTheDatabaseNorTheLogsContainAKeyOrASecret() {
        stop();
        String dump = database.dump();
        assertTrue(dump.contains(prefix(older)) && LOGS.length() > 0);
        for (String key : List.of(FIRST, SECOND, THIRD, secret(older), secret(made), secret(rotated))) {
            assertFalse(dump.contains(key));
            assertFalse(LOGS.toString().contains(key));
        }
    }

    @Test
    @Order(1)
    void withoutAKeyNoDigestIsStored() {
        start();
        older = realm.newToken(alice, "older").path("token").asText();
        assertTrue(realm.isActive(older));
        assertEquals(List.of("null"), keyIds(older));
    }

    @Test
    @Order(2)
    void withAKeyDigestsAreStoredAtCreationAndRotationAndAfterAFirstUse() throws IOException {
        start(OPTION + "-file=" + file("keys", FIRST + "\n"));
        made = realm.newToken(alice, "made").path("token").asText();
        JsonNode token = realm.newToken(alice, "rotated");
        Http.Answer answer = realm.call(
                        "POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(alice)
                .send();
        rotated = answer.json().path("token").asText();
        assertEquals(List.of(id(FIRST)), keyIds(made));
        assertEquals(List.of(id(FIRST)), keyIds(rotated));

        assertEquals(1, firstUse(older).bcrypt());
        assertEquals(Work.NONE, firstUse(older));
        awaitKeyId(FIRST, older);
        assertEquals(Work.NONE, firstUse(older), "storing the digest evicted the owner or the cached token");
    }

    @Test
    @Order(3)
    void afterARestartWithTheSameKeyNoFirstUseRunsBcrypt() {
        start(VARIABLE + FIRST);
        for (String token : List.of(older, made, rotated)) {
            Work work = firstUse(token);
            assertTrue(work.sql() > 0, work.toString());
            assertEquals(0, work.bcrypt());
        }
        String wrong = MadeUpTokens.withPrefix(prefix(made));
        assertEquals(
                1,
                Work.during(keycloak, () -> assertFalse(realm.isActive(wrong))).bcrypt());
        assertFalse(keycloak.log().contains(UNKNOWN_KEY));
    }

    @Test
    @Order(4)
    void afterARotationThatKeepsTheOldKeyNoFirstUseRunsBcryptAndDigestsAreRenewed() throws IOException {
        file("master_keys", SECOND + "\n" + FIRST + "\n");
        start(OPTION + "-vault-entry=keys");
        for (String token : List.of(older, made, rotated)) {
            assertEquals(0, firstUse(token).bcrypt());
        }
        for (String token : List.of(older, made, rotated)) {
            awaitKeyId(SECOND, token);
        }
        moved = realm.newToken(alice, "moved").path("token").asText();
        assertEquals(List.of(id(SECOND)), keyIds(moved));
        assertEquals(List.of(id(SECOND)), database.texts(documented("select")));

        Realm other = Realm.fresh(keycloak, "digest-keys");
        foreign = other.newToken(other.signIn("alice"), "foreign").path("token").asText();
    }

    @Test
    @Order(5)
    void aDigestThatWasChangedInTheDatabaseIsIgnoredAndReportedAndBcryptDecides() throws IOException {
        List<String> unchanged = digests();
        String copied = digest(made);
        execute("update QH_API_TOKEN set SECRET_DIGEST = '%s' where PREFIX = '%s'", copied, prefix(older));
        execute("update QH_API_TOKEN set SECRET_DIGEST = '2%s' where PREFIX = '%s'", copied.substring(1), prefix(made));
        for (String column : List.of("REALM_ID", "USER_ID")) {
            execute(
                    "update QH_API_TOKEN set " + column + " = (select t." + column
                            + " from QH_API_TOKEN t where t.PREFIX = '%s') where PREFIX = '%s'",
                    prefix(foreign),
                    prefix(moved));
        }
        String truncated = digest(rotated).substring(0, 30);
        execute("update QH_API_TOKEN set SECRET_DIGEST = '%s' where PREFIX = '%s'", truncated, prefix(rotated));

        start(VARIABLE + SECOND);
        for (String token : List.of(older, made, rotated)) {
            assertFalse(realm.isActive(MadeUpTokens.withPrefix(prefix(token))));
            assertEquals(1, firstUse(token).bcrypt());
            assertEquals(Work.NONE, firstUse(token));
        }
        Realm other = new Realm(keycloak, "digest-keys");
        assertEquals(
                1,
                Work.during(keycloak, () -> assertTrue(other.isActive(moved))).bcrypt());
        assertWarned(older, "does not match although the secret is correct");
        assertWarned(made, "has an unknown version");
        other.delete();
        await("the digests to be stored again").atMost(Duration.ofSeconds(30)).until(() -> digests()
                .equals(unchanged));
    }

    /** This server also runs the next two tests; other parts of Keycloak log at TRACE, too. */
    @Test
    @Order(6)
    void afterTheKeyWasReplacedBcryptVerifiesEachTokenOnceAndOneWarningIsLogged() throws IOException {
        start("--log-level=trace", OPTION + "-file=" + file("keys", THIRD));
        for (String token : List.of(older, made, rotated)) {
            assertEquals(1, firstUse(token).bcrypt());
        }
        assertEquals(2, keycloak.log().split(UNKNOWN_KEY, -1).length);
        for (String token : List.of(older, made, rotated)) {
            awaitKeyId(THIRD, token);
        }
    }

    /** The secrets of tokens that were created, rotated and verified. */
    @Test
    @Order(7)
    void theHeapContainsAKeyOnlyInTheObjectThatUsesItAndNoSecret() {
        JsonNode token = realm.newToken(alice, "dumped");
        String created = token.path("token").asText();
        String renewed = realm.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(alice)
                .send()
                .json()
                .path("token")
                .asText();
        List<String> tokens = List.of(older, made, rotated, renewed);
        tokens.forEach(string -> assertTrue(realm.isActive(string)));
        assertFalse(realm.isActive(created));
        overwriteBuffers();

        HeapDump heap = HeapDump.of(keycloak, directory);
        assertTrue(heap.count(digest(made)) > 0, "the dump contains no strings");
        assertEquals(0, heap.count(THIRD));
        assertEquals(1, heap.count(Base64.getDecoder().decode(THIRD)));
        for (String string : List.of(older, made, rotated, created, renewed)) {
            assertEquals(0, heap.count(secret(string)), string);
            assertFalse(keycloak.log().contains(secret(string)));
        }
    }

    @Test
    @Order(8)
    void aKeyThatIsReplacedWhileTheServerRunsIsReadAtTheNextStart() throws IOException {
        file("keys", FIRST);
        String between = realm.newToken(alice, "between").path("token").asText();
        assertEquals(List.of(id(THIRD)), keyIds(between));
    }

    /** A buffer of Keycloak's HTTP server keeps the last request or response until the next one. */
    private static void overwriteBuffers() {
        IntStream.range(0, 200).parallel().forEach(i -> realm.isActive("qh_" + "0".repeat(60)));
    }

    @Test
    @Order(9)
    void afterTheKeyWasRemovedBcryptVerifiesEachTokenAndNothingIsStored() throws IOException {
        start();
        for (String token : List.of(older, made, rotated)) {
            assertEquals(1, firstUse(token).bcrypt());
        }
        String without = realm.newToken(alice, "without").path("token").asText();
        assertEquals(List.of("null"), keyIds(without));
        assertEquals(2, keycloak.log().split(UNKNOWN_KEY, -1).length);

        database.execute(documented("update"));
        assertEquals(List.of("null"), keyIds(made));
        assertEquals(Work.NONE, firstUse(made));
    }

    /** Other keys: those of GitHub's secret scanning. */
    @Test
    @Order(10)
    void withoutKeysOfGithubItsEndpointDoesNotExist() {
        BadRequestIT.refused(GithubMessages.signed(realm, "[]").send(), 404, "not_found");
    }

    @Test
    @Order(11)
    void aServerWithInvalidKeysDoesNotStart() throws IOException {
        String tooShort = Base64.getEncoder().encodeToString(new byte[31]);
        refused("key 1 has 248 bits, but at least 256 are required", VARIABLE + tooShort);
        refused(
                "the file cannot be read (NoSuchFileException); check the path and"
                        + " that the account that runs Keycloak may read the file",
                OPTION + "-file=" + directory.resolve("missing"));
        file("master_short", tooShort);
        refused("key 1 has 248 bits, but at least 256 are required", OPTION + "-vault-entry=short");
        refused("the vault has no such entry in the realm master", OPTION + "-vault-entry=missing");
    }

    private static void assertWarned(String token, String problem) {
        String warning = "The digest of the API token qh_" + prefix(token) + " " + problem;
        assertTrue(keycloak.log().contains(warning), warning);
    }

    private static void refused(String reason, String option) {
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> start(option));
        LOGS.append(failure.getMessage());
        assertTrue(failure.getMessage().contains(reason), failure.getMessage());
    }

    private static void stop() {
        if (keycloak != null) {
            LOGS.append(keycloak.log());
            keycloak.close();
            keycloak = null;
        }
    }

    /** Stops the server, and starts it with these options. */
    private static void start(String... options) {
        stop();
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--vault-dir=" + directory);
        keycloak = Keycloak.production("digest-keys", database, all);
        realm = new Realm(keycloak, "qa-hub");
        alice = realm.signIn("alice");
    }

    /** Also for later uses. */
    private static Work firstUse(String token) {
        return Work.during(keycloak, () -> assertTrue(realm.isActive(token)));
    }

    private static void awaitKeyId(String key, String token) {
        await("the digest to be stored").atMost(Duration.ofSeconds(30)).until(() -> keyIds(token)
                .equals(List.of(id(key))));
    }

    /** The id of the key in the digest of a token, or {@code null}. */
    private static List<String> keyIds(String token) {
        return database.texts(
                "select coalesce(substr(SECRET_DIGEST, 3, 8), 'null') from QH_API_TOKEN where PREFIX = '%s'"
                        .formatted(prefix(token)));
    }

    private static List<String> digests() {
        return Stream.of(older, made, rotated).map(DigestKeysIT::digest).toList();
    }

    private static String digest(String token) {
        return database.texts("select SECRET_DIGEST from QH_API_TOKEN where PREFIX = '%s'".formatted(prefix(token)))
                .get(0);
    }

    private static void execute(String statement, String value, String prefix) {
        database.execute(statement.formatted(value, prefix));
    }

    /** Returns the SQL statement of the page that begins with this word. */
    private static String documented(String word) throws IOException {
        Pattern block = Pattern.compile("<!-- run: DigestKeysIT -->\n```sql\n(" + word + ".*?);\n```", Pattern.DOTALL);
        Matcher found = block.matcher(Files.readString(Path.of("docs/operations.md")));
        assertTrue(found.find());
        return found.group(1);
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String prefix(String token) {
        return token.substring(3, 9);
    }

    private static String secret(String token) {
        return token.substring(10);
    }

    private static String id(String key) {
        return DigestKey.parse(key).get(0).id();
    }

    private static String newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
