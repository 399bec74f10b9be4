package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passwords of a directory's users, in each edit mode, where {@code apiTokens.revokeOnPasswordChange} is on. */
@Tag("lifecycle")
class DirectoryPasswordIT {
    private static Directory directory;
    private static Realm realm;
    private static Federation federation;
    private static int users;
    private String user;
    private String name;
    private JsonNode token;

    @BeforeAll
    static void makeRealm() {
        directory = new Directory();
        realm = Realm.fresh("directory-passwords");
        realm.admin("PUT", "", """
                {"realm":"directory-passwords",
                 "attributes":{"apiTokens.allowedClients":"qa-hub-cli","apiTokens.revokeOnPasswordChange":"true"}}""");
        federation = Federation.add(realm, directory);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
        directory.close();
    }

    @BeforeEach
    void makeToken() {
        federation.set("editMode", "WRITABLE");
        directory.acceptChanges(true);
        name = "writer" + users++;
        directory.addUser(name);
        user = realm.userId(name);
        token = realm.newToken(realm.signIn(name), "t");
        assertTrue(isActive());
    }

    @Test
    void anAdminResetsIt() {
        assertEquals(204, reset("new").status());
        assertRevoked();
        assertTrue(signsInWith("new"));
        assertFalse(signsInWith(name));
    }

    @Test
    void anAdminWritesItWithTheUser() {
        Answer updated =
                realm.admin("PUT", "/users/" + user, "{\"credentials\":[{\"type\":\"password\",\"value\":\"new\"}]}");
        assertEquals(204, updated.status(), updated.text());
        assertRevoked();
        assertTrue(signsInWith("new"));
    }

    @Test
    void itsUserChangesItInTheAccountConsole() {
        LoginPages pages =
                LoginPages.open(realm, "&kc_action=UPDATE_PASSWORD").submit(Map.of("username", name, "password", name));
        assertTrue(pages.submitNewPassword("new").isSignedIn(), pages.text());
        assertRevoked();
        assertTrue(signsInWith("new"));
    }

    @Test
    void aPasswordThatTheDirectoryRefusesRevokesNothing() {
        directory.acceptChanges(false);
        assertEquals(400, reset("new").status());
        LoginPages pages =
                LoginPages.open(realm, "&kc_action=UPDATE_PASSWORD").submit(Map.of("username", name, "password", name));
        assertFalse(pages.submitNewPassword("new").isSignedIn(), pages.text());
        assertTrue(isActive());
        assertTrue(signsInWith(name));
    }

    @Test
    void anUnavailableDirectoryChangesAndRevokesNothing() {
        directory.stop();
        try {
            assertTrue(reset("new").status() >= 400);
        } finally {
            directory.start();
        }
        assertTrue(isActive());
        assertTrue(signsInWith(name));
    }

    @Test
    void ifTheTokensCannotBeReadThePasswordStaysAsItWas() {
        Database.get().without(() -> assertTrue(reset("new").status() >= 400));
        assertTrue(signsInWith(name));
        assertTrue(isActive());
    }

    @Test
    void inAReadOnlyDirectoryNoPasswordIsWritten() {
        federation.set("editMode", "READ_ONLY");
        assertTrue(reset("new").status() >= 400);
        assertTrue(isActive());
        assertTrue(signsInWith(name));
    }

    @Test
    void aPasswordThatIsWrittenToKeycloaksDatabaseInsteadRevokes() {
        federation.set("editMode", "UNSYNCED");
        assertEquals(204, reset("new").status());
        assertRevoked();
        assertTrue(signsInWith("new"));
    }

    private void assertRevoked() {
        assertFalse(isActive());
        JsonNode listed = realm.admin("GET", "/api-tokens/" + token.path("id").asText(), null)
                .json();
        assertEquals("revoked", listed.path("status").asText(), listed.toString());
    }

    private boolean isActive() {
        return realm.isActive(token.path("token").asText());
    }

    private Answer reset(String password) {
        return realm.admin("PUT", "/users/" + user + "/reset-password", """
                {"type":"password","value":"%s"}""".formatted(password));
    }

    private boolean signsInWith(String password) {
        return realm.call("POST", "/protocol/openid-connect/token")
                        .form(Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "qa-hub-cli",
                                "username",
                                name,
                                "password",
                                password))
                        .send()
                        .status()
                == 200;
    }
}
