package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passwords of a directory's users, in each edit mode, with {@code apiTokens.revokeOnPasswordChange}. */
@Tag("lifecycle")
class DirectoryPasswordIT {
    private static Directory directory;
    private static Realm realm;
    private static Federation federation;
    private static int users;
    private PasswordOwner owner;

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
        String name = "writer" + users++;
        directory.addUser(name);
        owner = new PasswordOwner(realm, name, realm.userId(name));
    }

    @Test
    void anAdminResetsIt() {
        assertEquals(204, owner.reset("new").status());
        owner.assertRevoked();
        assertTrue(owner.signsInWith("new"));
        assertFalse(owner.signsInWith(owner.name()));
    }

    @Test
    void anAdminWritesItWithTheUser() {
        assertEquals(204, owner.update("{\"credentials\":[{\"type\":\"password\",\"value\":\"new\"}]}"));
        owner.assertRevoked();
        assertTrue(owner.signsInWith("new"));
    }

    @Test
    void itsUserChangesItInTheAccountConsole() {
        LoginPages pages = owner.login("&kc_action=UPDATE_PASSWORD");
        assertTrue(pages.submitNewPassword("new").isSignedIn(), pages.text());
        owner.assertRevoked();
        assertTrue(owner.signsInWith("new"));
    }

    @Test
    void aPasswordThatTheDirectoryRefusesRevokesNothing() {
        directory.acceptChanges(false);
        assertEquals(400, owner.reset("new").status());
        LoginPages pages = owner.login("&kc_action=UPDATE_PASSWORD");
        assertFalse(pages.submitNewPassword("new").isSignedIn(), pages.text());
        assertTrue(owner.isActive());
        assertTrue(owner.signsInWith(owner.name()));
    }

    @Test
    void anUnavailableDirectoryChangesAndRevokesNothing() {
        directory.stop();
        try {
            assertTrue(owner.reset("new").status() >= 400);
        } finally {
            directory.start();
        }
        assertTrue(owner.isActive());
        assertTrue(owner.signsInWith(owner.name()));
    }

    @Test
    void ifTheTokensCannotBeReadThePasswordStaysAsItWas() {
        Database.get().without(() -> assertTrue(owner.reset("new").status() >= 400));
        assertTrue(owner.signsInWith(owner.name()));
        assertTrue(owner.isActive());
    }

    /** The directory takes no part in the transaction. */
    @Test
    void ifRevokingFailsTheMessageSaysThatTheDirectoryHasTheNewPassword() {
        Database.get().withoutRevocation(owner.id(), () -> {
            Answer answer = owner.reset("new");
            assertEquals(400, answer.status(), answer.text());
            assertEquals(
                    "The password was changed in the directory, but the API tokens could not be revoked."
                            + " Change it again, or revoke the tokens.",
                    answer.json().path("error_description").asText());
        });
        assertTrue(owner.signsInWith("new"));
        assertTrue(owner.isActive());
        assertEquals(204, owner.reset("newer").status());
        owner.assertRevoked();
    }

    @Test
    void inAReadOnlyDirectoryNoPasswordIsWritten() {
        federation.set("editMode", "READ_ONLY");
        assertTrue(owner.reset("new").status() >= 400);
        assertTrue(owner.isActive());
        assertTrue(owner.signsInWith(owner.name()));
    }

    @Test
    void aPasswordThatIsWrittenToKeycloaksDatabaseInsteadRevokes() {
        federation.set("editMode", "UNSYNCED");
        assertEquals(204, owner.reset("new").status());
        owner.assertRevoked();
        assertTrue(owner.signsInWith("new"));
    }
}
