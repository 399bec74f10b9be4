package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way to write a password, as docs/security.md lists them, with {@code apiTokens.revokeOnPasswordChange}. */
class PasswordWritesIT {
    private static final String HASHED = """
            {"credentials":[{"type":"password","secretData":"{\\"value\\":\\"AAAA\\",\\"salt\\":\\"AAAA\\"}",
             "credentialData":"{\\"hashIterations\\":1,\\"algorithm\\":\\"pbkdf2-sha256\\"}"}]}""";

    private static final int ROUNDS = Integer.getInteger("password.rounds", 10);
    private static Realm realm;
    private static int users;
    private PasswordOwner owner;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("passwords");
        realm.admin("PUT", "", """
                {"realm":"passwords","resetPasswordAllowed":true,"registrationAllowed":true,
                 "attributes":{"apiTokens.allowedClients":"qa-hub-cli","apiTokens.revokeOnPasswordChange":"true"}}""");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @BeforeEach
    void makeToken() {
        String name = "writer" + users++;
        owner = new PasswordOwner(realm, name, realm.newUser(name));
    }

    @Test
    void anAdminResetsIt() {
        assertEquals(204, owner.reset("new").status());
        owner.assertRevoked();
    }

    @Test
    void anAdminWritesItWithTheUser() {
        assertEquals(204, owner.update("{\"credentials\":[{\"type\":\"password\",\"value\":\"new\"}]}"));
        owner.assertRevoked();
    }

    @Test
    void anAdminWritesItHashedWithTheUser() {
        assertEquals(204, owner.update(HASHED));
        owner.assertRevoked();
    }

    @Test
    void itsUserChangesItInTheAccountConsole() {
        LoginPages pages = owner.login("&kc_action=UPDATE_PASSWORD");
        assertTrue(pages.submitNewPassword("new").isSignedIn(), pages.text());
        owner.assertRevoked();
    }

    @Test
    void itsUserMustChangeItAtTheNextSignIn() {
        assertEquals(204, owner.update("{\"requiredActions\":[\"UPDATE_PASSWORD\"]}"));
        LoginPages pages = owner.login("");
        assertTrue(owner.isActive(), "a required action revokes nothing until the password is written");
        assertTrue(pages.submitNewPassword("new").isSignedIn(), pages.text());
        owner.assertRevoked();
    }

    @Test
    void itsUserResetsItByMail() {
        try (Mailbox mailbox = new Mailbox()) {
            realm.admin("PUT", "", "{\"realm\":\"passwords\"," + mailbox.settings() + "}");
            LoginPages pages =
                    LoginPages.open(realm, "").follow("reset-credentials").submit(Map.of("username", owner.name()));
            String mail = mailbox.await(owner.name(), 1).get(0).text();
            Matcher link = Pattern.compile("http\\S+action-token\\S+").matcher(mail);
            assertTrue(link.find(), mail);
            assertTrue(pages.get(link.group()).submitNewPassword("new").isSignedIn(), pages.text());
        }
        owner.assertRevoked();
    }

    @Test
    void aPartialImportOverwritesTheUser() {
        assertEquals(200, importUser("SKIP"));
        assertTrue(owner.isActive(), "skipped");
        assertEquals(200, importUser("OVERWRITE"));
        assertFalse(owner.isActive());
    }

    /** The user is new, so there is nothing to revoke, but the password must be stored. */
    @Test
    void aUserRegisters() {
        String newcomer = owner.name() + "x";
        LoginPages pages = LoginPages.open(realm, "")
                .follow("registration")
                .submit(Map.of(
                        "username",
                        newcomer,
                        "email",
                        newcomer + "@example.org",
                        "firstName",
                        "F",
                        "lastName",
                        "L",
                        "password",
                        newcomer,
                        "password-confirm",
                        newcomer));
        assertTrue(pages.isSignedIn(), pages.text());
        assertFalse(realm.signIn(newcomer).isEmpty());
        assertTrue(owner.isActive(), "of another user");
    }

    @Test
    void aPasswordThatThePolicyRejectsRevokesNothing() {
        policy("length(20)");
        try {
            assertEquals(400, owner.reset("short").status());
            LoginPages pages = owner.login("&kc_action=UPDATE_PASSWORD");
            pages.submitNewPassword("short");
            assertTrue(owner.isActive());
            assertTrue(pages.submitNewPassword("short no longer: 20 characters").isSignedIn(), pages.text());
            owner.assertRevoked();
        } finally {
            policy("");
        }
    }

    /** When the user signs in, Keycloak hashes the same password with other settings. */
    @Test
    void aPasswordThatIsHashedAgainRevokesNothing() {
        String before = credential().path("credentialData").asText();
        policy("hashAlgorithm(pbkdf2-sha512) and hashIterations(1000)");
        try {
            assertFalse(realm.signIn(owner.name()).isEmpty());
            assertFalse(before.equals(credential().path("credentialData").asText()), "hashed again");
            assertTrue(owner.isActive());
        } finally {
            policy("");
        }
    }

    @Test
    void aPasswordThatIsDeletedRevokesNothing() {
        String path = "/users/" + owner.id() + "/credentials/"
                + credential().path("id").asText();
        assertEquals(204, realm.admin("DELETE", path, null).status());
        assertTrue(owner.isActive());
    }

    @Test
    void ifRevokingFailsThePasswordStaysAsItWas() {
        Database.get().without(() -> {
            Http.Answer answer = owner.reset("new");
            assertEquals(400, answer.status());
            assertEquals(
                    "The password was not changed, because the API tokens of the user could not be revoked. Try again.",
                    answer.json().path("error_description").asText());
            assertEquals(400, owner.update("{\"credentials\":[{\"type\":\"password\",\"value\":\"new\"}]}"));
            LoginPages pages = owner.login("&kc_action=UPDATE_PASSWORD");
            assertFalse(pages.submitNewPassword("new").isSignedIn(), pages.text());
        });
        assertFalse(realm.signIn(owner.name()).isEmpty(), "with the password that was to be replaced");
        assertTrue(owner.isActive());
        assertEquals(204, owner.reset("new").status());
        owner.assertRevoked();
    }

    /**
     * At REPEATABLE READ, the default of MariaDB, each change sees tokens that the other has revoked. Keycloak itself may
     * reject one with 500 because the version of the stored password has changed.
     */
    @Test
    void changesAtTheSameTimeEndAndRevokeEachTokenOnce() throws InterruptedException, ExecutionException {
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["REMOVE_CREDENTIAL"]}""");
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                owner.newToken("round" + round);
                Instant start = Instant.now();
                Callable<Http.Answer> change = () -> owner.reset(owner.name());
                long mark = Keycloak.get().logMark();
                List<Integer> statuses = new ArrayList<>();
                for (Future<Http.Answer> changed : callers.invokeAll(List.of(change, change))) {
                    statuses.add(changed.get().status());
                }
                assertTrue(statuses.contains(204), statuses.toString());
                statuses.removeIf(status -> status == 204);
                assertEquals(
                        Collections.nCopies((int) rejectedByVersion(mark), 500), statuses, "errors of another cause");
                Duration took = Duration.between(start, Instant.now());
                assertTrue(took.toSeconds() < 10, "round " + round + " took " + took);
                owner.assertRevoked();
            }
            assertEquals(
                    ROUNDS + 1,
                    realm.admin("GET", "/events?max=1000&type=REMOVE_CREDENTIAL&user=" + owner.id(), null)
                            .json()
                            .size());
        } finally {
            callers.shutdownNow();
        }
    }

    private static long rejectedByVersion(long mark) {
        return ParallelPairsIT.REJECTED_BY_VERSION
                .matcher(Keycloak.get().logSince(mark))
                .results()
                .count();
    }

    private int importUser(String ifExists) {
        return realm.admin("POST", "/partialImport", """
                {"ifResourceExists":"%s","users":[{"username":"%s","enabled":true,
                 "credentials":[{"type":"password","value":"new"}]}]}""".formatted(ifExists, owner.name()))
                .status();
    }

    private JsonNode credential() {
        return realm.admin("GET", "/users/" + owner.id() + "/credentials", null)
                .json()
                .path(0);
    }

    private static void policy(String passwordPolicy) {
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"realm\":\"passwords\",\"passwordPolicy\":\"" + passwordPolicy + "\"}")
                        .status());
    }
}
