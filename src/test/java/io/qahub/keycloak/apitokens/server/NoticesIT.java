package io.qahub.keycloak.apitokens.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Mailbox.Mail;
import java.io.IOException;
import java.io.Reader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Email to owners, as received by a real SMTP server. */
@Tag("container")
class NoticesIT {
    private static final String STRANGE_NAME = "<b>a</b> & {0} ${realmName} “ü”";
    private static final Pattern UNRENDERED = Pattern.compile("apiTokenNotice|\\$\\{|\\{\\d|\\?\\?");
    private static Realm realm;
    private static Mailbox mailbox;

    @BeforeAll
    static void make() {
        mailbox = new Mailbox();
        realm = Realm.fresh("notices");
        settings(mailbox.settings(), "");
    }

    @AfterAll
    static void remove() {
        realm.delete();
        mailbox.close();
    }

    @AfterEach
    void reset() {
        settings(mailbox.settings(), "");
    }

    @Test
    void theOwnerIsNotifiedOfANewTokenInTheOwnersLanguage() {
        String english = person("ann", "en");
        JsonNode token = realm.newToken(english, "Nightly build");
        Mail mail = mailbox.await("ann", 1).get(0).keep("created-en");
        assertEquals("API token “Nightly build” created", mail.subject());
        for (String body : List.of(mail.text(), mail.html())) {
            assertTrue(body.contains("A new API token was created. It gives access to QA Hub on your behalf:"), body);
            assertTrue(body.contains("qh_" + token.path("prefix").asText() + "…"), body);
            assertTrue(body.contains("read, write"), body);
            assertTrue(body.contains("never"), body);
            assertFalse(body.contains(token.path("token").asText().substring(10)), body);
        }

        realm.create(
                person("dieter", "de"),
                "{\"name\":\"Nachtlauf\",\"scopes\":[\"read\"],\"expiresAt\":\"2027-03-05T12:00:00Z\"}");
        Mail german = mailbox.await("dieter", 1).get(0).keep("created-de");
        assertEquals("API-Token „Nachtlauf“ erstellt", german.subject());
        for (String body : List.of(german.text(), german.html())) {
            assertTrue(body.contains("Ein neues API-Token gibt in Ihrem Namen Zugriff auf QA Hub:"), body);
            assertTrue(body.contains("Läuft ab: 5. März 2027, "), body);
        }
    }

    @Test
    void datesAreInTheLanguageOfTheText() {
        realm.admin(
                "PUT",
                "",
                "{\"realm\":\"notices\",\"supportedLocales\":[\"ar\",\"de\",\"en\",\"pl\",\"pt-BR\",\"zh-CN\"]}");
        realm.create(
                person("amal", "ar"),
                "{\"name\":\"בנייה 1\",\"scopes\":[\"read\"],\"expiresAt\":\"2027-03-05T12:00:00Z\"}");
        Mail mail = mailbox.await("amal", 1).get(0);
        assertEquals("API token “\u2068בנייה 1\u2069” created", mail.subject());
        assertTrue(mail.text().contains("Expires: March 5, 2027, "), mail.text());
        assertTrue(mail.text().contains("- \u2068בנייה 1\u2069 (qh_"), mail.text());
    }

    @Test
    void aNameIsShownAsTextAndNotAsMarkup() {
        realm.create(person("bobby", "en"), "{\"name\":\"" + STRANGE_NAME + "\",\"scopes\":[\"read\"]}");
        Mail mail = mailbox.await("bobby", 1).get(0);
        assertEquals("API token “" + STRANGE_NAME + "” created", mail.subject());
        assertTrue(mail.text().contains("- " + STRANGE_NAME + " ("), mail.text());
        assertTrue(mail.html().contains("&lt;b&gt;a&lt;/b&gt; &amp; {0} ${realmName} “ü”"), mail.html());
    }

    @Test
    void theLinkUsesTheConfiguredHostnameAndNeverTheHostOfARequest() {
        String bearer = person("linus", "en");
        realm.newToken(bearer, "without link");
        Mail without = mailbox.await("linus", 1).get(0);
        assertTrue(without.text().contains("in the account console under Developer, API tokens"), without.text());
        assertFalse(without.html().contains("http"), without.html());
        settings(mailbox.settings(), ",\"frontendUrl\":\"https://id.example.org/auth\"");
        realm.newToken(realm.signIn("linus"), "with link");
        String page = "https://id.example.org/auth/realms/notices/account/content/api-tokens";
        Mail with = mailbox.await("linus", 2).get(1).keep("created-link");
        assertTrue(with.text().contains("Your API tokens: " + page), with.text());
        assertTrue(with.html().contains("<a href=\"" + page + "\">"), with.html());
    }

    @Test
    void theOwnerIsNotifiedOnceOfAnAdminsRevocationAndNotOfTheirOwn() {
        String bearer = person("rita", "en");
        JsonNode hers = realm.newToken(bearer, "by herself");
        JsonNode one = realm.newToken(bearer, "by an admin");
        realm.newToken(bearer, "second");
        realm.newToken(bearer, "third");
        mailbox.await("rita", 4);
        realm.revoke(bearer, hers.path("id").asText());
        for (int i = 0; i < 2; i++) {
            realm.admin("DELETE", "/api-tokens/" + one.path("id").asText(), null);
        }
        Mail single = mailbox.await("rita", 5).get(4).keep("revoked-en");
        assertEquals("API token “by an admin” revoked", single.subject());
        assertTrue(single.text().contains("An administrator of QA Hub revoked the following API token of yours:"));

        realm.admin("POST", "/api-tokens/revoke", "{\"filter\":{\"user\":\"rita\"}}");
        Mail both = mailbox.await("rita", 6).get(5).keep("revoked-two-en");
        assertEquals("2 API tokens revoked", both.subject());
        assertTrue(both.text().contains("- second (") && both.text().contains("- third ("), both.text());
        assertEquals(6, mailbox.of("rita").size());
    }

    @Test
    void theOwnerIsNotifiedOfALeakReport() {
        JsonNode token = realm.newToken(person("lena", "de"), "verloren");
        mailbox.await("lena", 1);
        realm.call("POST", "/api-tokens/revoke")
                .form(Map.of("token", token.path("token").asText()))
                .send();
        Mail mail = mailbox.await("lena", 2).get(1).keep("leaked-de");
        assertEquals("API-Token „verloren“ als kompromittiert gemeldet", mail.subject());
        assertTrue(mail.text().contains("Es wurde widerrufen und gibt keinen Zugriff mehr."), mail.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "pl", "pt-BR", "zh-CN"})
    void everyNoticeIsRenderedInTheOwnersLanguage(String language) throws IOException {
        String name = "polly-" + language.toLowerCase(Locale.ROOT);
        String bearer = person(name, language);
        JsonNode revoked = realm.newToken(bearer, "one");
        JsonNode leaked = realm.newToken(bearer, "two");
        JsonNode expiring = realm.newToken(bearer, "three");
        JsonNode rotated = realm.newToken(bearer, "four");
        mailbox.await(name, 4);
        realm.admin("DELETE", "/api-tokens/" + revoked.path("id").asText(), null);
        mailbox.await(name, 5);
        realm.call("POST", "/api-tokens/revoke")
                .form(Map.of("token", leaked.path("token").asText()))
                .send();
        mailbox.await(name, 6);
        expireIn(expiring, Duration.ofDays(7).minusMinutes(1));
        mailbox.await(name, 7);
        expireIn(expiring, Duration.ofDays(1).minusMinutes(1));
        mailbox.await(name, 8);
        rotate(bearer, rotated);
        assertFalse(realm.isActive(rotated.path("token").asText()));
        List<Mail> mails = mailbox.await(name, 9);
        String where = text(language, "apiTokenNotice.where");
        for (int i = 0; i < mails.size(); i++) {
            Mail mail = mails.get(i).keep("every-" + language + "-" + i);
            for (String part : List.of(mail.subject(), mail.text(), mail.html())) {
                assertFalse(part.isBlank() || UNRENDERED.matcher(part).find(), part);
            }
            assertTrue(mail.text().contains(where), mail.text());
        }
    }

    @Test
    void theOwnerIsNotifiedOnceAWeekAndOnceADayBeforeTheExpiry() {
        String bearer = person("erich", "de");
        JsonNode token = realm.newToken(bearer, "läuft ab");
        realm.create(
                bearer,
                "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\""
                        + Instant.now().plus(Duration.ofDays(7)) + "\"}");
        mailbox.await("erich", 2);
        expireIn(token, Duration.ofDays(7).plusMinutes(5));
        cleanUps(2);
        assertEquals(2, mailbox.of("erich").size(), "no notice is due yet, or the owner chose a short lifetime");
        expireIn(token, Duration.ofDays(7).minusMinutes(1));
        Mail week = mailbox.await("erich", 3).get(2).keep("expires-week-de");
        assertEquals("API-Token „läuft ab“ läuft innerhalb von 7 Tagen ab", week.subject());
        assertTrue(week.text().contains("- läuft ab ("), week.text());
        expireIn(token, Duration.ofDays(1).plusMinutes(5));
        cleanUps(2);
        assertEquals(3, mailbox.of("erich").size());
        expireIn(token, Duration.ofDays(1).minusMinutes(1));
        Mail day = mailbox.await("erich", 4).get(3).keep("expires-day-de");
        assertEquals("API-Token „läuft ab“ läuft innerhalb eines Tages ab", day.subject());
        cleanUps(2);
        assertEquals(4, mailbox.of("erich").size());
    }

    @Test
    void theOwnerIsNotifiedOfAReplacedSecretOncePerRotation() {
        String bearer = person("olga", "en");
        JsonNode token = realm.newToken(bearer, "rotated");
        String first = token.path("token").asText();
        assertTrue(realm.isActive(first));
        String second = rotate(bearer, token);
        for (int i = 0; i < 5; i++) {
            assertFalse(realm.isActive(first));
        }
        Mail mail = mailbox.await("olga", 2).get(1).keep("replaced-en");
        assertEquals("Old token of “rotated” used after rotation", mail.subject());
        assertFalse(realm.isActive(first));
        rotate(bearer, token);
        assertFalse(realm.isActive(first));
        assertFalse(realm.isActive(second));
        assertEquals(mail.subject(), mailbox.await("olga", 3).get(2).subject());
        sentinel("olga-sentinel");
        assertEquals(3, mailbox.of("olga").size());
    }

    @Test
    void noNoticeIsSentToUnverifiedAddressesOrIfNoticesAreDisabled() {
        realm.newUser("una");
        realm.newToken(realm.signIn("una"), "unverified");
        String quiet = person("quentin", "en");
        settings(mailbox.settings(), ",\"apiTokens.notices\":\"false\"");
        JsonNode token = realm.newToken(quiet, "quiet");
        realm.admin("DELETE", "/api-tokens/" + token.path("id").asText(), null);
        settings(mailbox.settings(), "");
        sentinel("sentinel");
        assertEquals(List.of(), mailbox.of("una"));
        assertEquals(List.of(), mailbox.of("quentin"));
    }

    @Test
    void withoutAMailServerNoNoticeIsSentAndNoErrorIsLogged() {
        String bearer = person("noel", "en");
        settings("\"smtpServer\":{}", "");
        long mark = Keycloak.get().logMark();
        JsonNode token = realm.newToken(bearer, "no mail");
        expireIn(token, Duration.ofDays(1).minusMinutes(1));
        realm.admin("DELETE", "/api-tokens/" + token.path("id").asText(), null);
        cleanUps(2);
        assertFalse(
                Keycloak.get().logSince(mark).contains(" ERROR "),
                Keycloak.get().logSince(mark));
        assertEquals(List.of(), mailbox.of("noel"));
    }

    @Test
    void anUnresponsiveMailServerDoesNotDelayRequests() throws IOException {
        String bearer = person("hanna", "en");
        try (ServerSocket silent = new ServerSocket(0, 50, ServerContainer.listenAddress())) {
            settings(Mailbox.settings(silent.getLocalPort()), "");
            assertEquals(
                    201,
                    realm.create(bearer, "{\"name\":\"a\",\"scopes\":[\"read\"]}")
                            .status());
            try (Socket waiting = silent.accept()) {
                assertTrue(waiting.isConnected(), "the response waited for the mail server");
            }
        }
        long mark = Keycloak.get().logMark();
        assertEquals(
                201,
                realm.create(bearer, "{\"name\":\"b\",\"scopes\":[\"read\"]}").status());
        await("a log entry about the notice that was not sent")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Keycloak.get().logSince(mark).contains("a notice about API tokens could not be sent"));
    }

    private static String text(String language, String key) throws IOException {
        Properties messages = new Properties();
        Path file = Path.of("src/main/resources/theme-resources/messages")
                .resolve("messages_" + language.replace('-', '_') + ".properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            messages.load(reader);
        }
        return messages.getProperty(key);
    }

    /** Creates a user with a verified address and this language; returns an access token. */
    private static String person(String name, String language) {
        realm.admin("POST", "/users", """
            {"username":"%1$s","enabled":true,"email":"%1$s@example.org","emailVerified":true,"firstName":"F","lastName":"L",
             "attributes":{"locale":["%2$s"]},"credentials":[{"type":"password","value":"%1$s"}]}""".formatted(name, language));
        return realm.signIn(name);
    }

    /** Causes an email that is sent after all previous ones. */
    private static void sentinel(String name) {
        realm.newToken(person(name, "en"), "sentinel");
        mailbox.await(name, 1);
    }

    private static void expireIn(JsonNode token, Duration duration) {
        Database.get()
                .setTime(
                        token.path("prefix").asText(),
                        "EXPIRES_AT",
                        Instant.now().plus(duration));
    }

    /** Waits for clean-ups: each sends the notices for the realm's expiring tokens. */
    private static void cleanUps(int count) {
        Waits.untilCleanedUp(count, Keycloak.get().logMark());
    }

    private static String rotate(String bearer, JsonNode token) {
        return realm.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(bearer)
                .send()
                .json()
                .path("token")
                .asText();
    }

    private static void settings(String smtp, String more) {
        String json = "{\"realm\":\"notices\"," + smtp + ",\"attributes\":{\"apiTokens.allowedClients\":\"qa-hub-cli\""
                + more + "}}";
        assertEquals(204, realm.admin("PUT", "", json).status());
    }
}
