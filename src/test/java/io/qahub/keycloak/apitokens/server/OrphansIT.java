package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens whose owners disappear without an event from Keycloak. */
@Tag("lifecycle")
class OrphansIT {
    private static final String NO_CLEAN_UP = "-1";
    private static Directory directory;
    private static int users;

    private final String carol = "carol-" + ++users;
    private Realm realm;
    private Admins admins;
    private JsonNode alices;

    @BeforeAll
    static void makeDirectory() {
        directory = new Directory();
    }

    @AfterAll
    static void stopDirectory() {
        directory.close();
    }

    @BeforeEach
    void makeRealm() {
        realm = Realm.fresh("orphans");
        admins = new Admins(realm);
        alices = realm.newToken(realm.signIn("alice"), "alice's");
        directory.addUser(carol);
    }

    /** The token of a user in Keycloak's own database is never deleted. */
    @AfterEach
    void removeRealm() {
        assertTrue(realm.isActive(alices.path("token").asText()));
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void tokensOfARemovedFederationProviderAreDeleted(String imports) {
        Federation federation = Federation.add(realm, directory, "importEnabled", imports);
        JsonNode token = carolsToken();
        federation.delete();
        assertWithoutOwnerOrDeleted(token);
        awaitDeletion(token);
    }

    @Test
    void tokensOfRemovedImportedUsersAreDeletedAndNotThoseOfTheirSuccessors() {
        Federation federation = Federation.add(realm, directory, "importEnabled", "true");
        JsonNode token = carolsToken();
        federation.removeImportedUsers();
        assertWithoutOwnerOrDeleted(token);
        JsonNode successor = carolsToken();
        awaitDeletion(token);
        assertActive(successor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEFAULT", "NO_CACHE"})
    void tokensOfAUserDeletedInADirectoryWithoutImportAreDeleted(String cachePolicy) {
        Federation.add(realm, directory, "importEnabled", "false", "cachePolicy", cachePolicy);
        JsonNode token = carolsToken();
        String dan = carol + "-dan";
        directory.addUser(dan);
        JsonNode dans = realm.newToken(realm.signIn(dan), "dan's");
        directory.removeUser(carol);
        awaitDeletion(token);
        assertActive(dans);
    }

    /** The directory responds with an error, which does not mean that the user does not exist. */
    @Test
    void tokensOfAUserWhoCannotBeSearchedForAreNotDeleted() {
        Federation federation =
                Federation.add(realm, directory, "importEnabled", "false", "removeInvalidUsersEnabled", "false");
        JsonNode token = carolsToken();
        federation.set("usersDn", "ou=none," + Directory.USERS);
        Federation.clearUserCache(realm);
        assertEquals(
                503,
                realm.introspect(Realm.OWN_ENDPOINT, token.path("token").asText())
                        .status());
        Waits.untilCleanedUp(2, Keycloak.get().logMark());
        assertEquals(1, rows(token));
        federation.set("usersDn", Directory.USERS);
        assertActive(token);
    }

    /** As soon as Keycloak looks the user up, it removes the user from its database. */
    @Test
    void tokensOfAnImportedUserDeletedInTheDirectoryAreDeleted() {
        Federation.add(realm, directory, "importEnabled", "true");
        JsonNode token = carolsToken();
        directory.removeUser(carol);
        Federation.clearUserCache(realm);
        assertInactive(token);
        awaitDeletion(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void tokensOfADisabledFederationProviderAreInactiveAndNotDeleted(String imports) {
        Federation federation = Federation.add(realm, directory, "importEnabled", imports);
        JsonNode token = carolsToken();
        federation.set("enabled", "false");
        assertInactive(token);
        Waits.untilCleanedUp(2, Keycloak.get().logMark());
        assertEquals(1, rows(token));
        federation.set("enabled", "true");
        assertActive(token);
    }

    /** If the id is the name, the next entry with that name has the same id. */
    @Test
    void aUserWhoComesBackWithTheSameIdInTheDirectoryFindsNoToken() {
        Federation.add(realm, directory, "importEnabled", "false", "uuidLDAPAttribute", "uid");
        JsonNode token = carolsToken();
        String owner = ownerId(token);
        directory.removeUser(carol);
        awaitDeletion(token);
        directory.addUser(carol);
        JsonNode successor = carolsToken();
        assertEquals(owner, ownerId(successor));
        assertInactive(token);
        assertActive(successor);
    }

    /** Even before a clean-up has detected that the first user no longer exists. */
    @Test
    void aUserWhoComesBackWithTheSameIdInKeycloakFindsNoToken() {
        Federation federation = Federation.add(realm, directory, "importEnabled", "true");
        JsonNode token = carolsToken();
        String owner = ownerId(token);
        keepInactiveDays(NO_CLEAN_UP);
        Database.get()
                .setTime(
                        token.path("prefix").asText(),
                        "CREATED_AT",
                        Instant.now().minus(Duration.ofHours(1)));
        federation.removeImportedUsers();
        importUser(owner);
        assertEquals(owner, realm.userId("returned"));
        assertEquals(1, rows(token));
        assertInactive(token);
        keepInactiveDays("30");
        JsonNode successor = realm.newToken(realm.signIn("returned"), "new");
        assertEquals(owner, ownerId(successor));
        awaitDeletion(token);
        assertActive(successor);
    }

    /** Such as a user whom Keycloak's SCIM endpoint deletes. */
    @Test
    void tokensOfAUserWhoIsNotInTheDatabaseAreDeleted() {
        JsonNode token = realm.newToken(realm.signIn("bob"), "bob's");
        set("USER_ID", UUID.randomUUID().toString(), token);
        assertWithoutOwnerOrDeleted(token);
        awaitDeletion(token);
    }

    @Test
    void tokensOfAClientThatIsNotInTheDatabaseAreDeleted() {
        String settings = "{\"clientId\":\"robot\",\"secret\":\"s\",\"serviceAccountsEnabled\":true}";
        assertEquals(201, realm.admin("POST", "/clients", settings).status());
        JsonNode token = admins.create(
                        realm.adminToken(), "{\"client\":\"robot\",\"name\":\"t\",\"scopes\":[\"read\"]}")
                .json();
        assertActive(token);
        Waits.untilCleanedUp(2, Keycloak.get().logMark());
        assertEquals(1, rows(token));
        set("CLIENT_ID", UUID.randomUUID().toString(), token);
        Federation.clearUserCache(realm); // otherwise, the server would not notice a change of a token by SQL
        awaitDeletion(token);
    }

    private JsonNode carolsToken() {
        JsonNode token = realm.newToken(realm.signIn(carol), "carol's");
        assertActive(token);
        return token;
    }

    private void keepInactiveDays(String days) {
        String json = "{\"attributes\":{\"apiTokens.allowedClients\":\"qa-hub-cli\",\"apiTokens.keepInactiveDays\":\""
                + days + "\"}}";
        assertEquals(204, realm.admin("PUT", "", json).status());
    }

    private void importUser(String id) {
        Answer imported = realm.admin("POST", "/partialImport", """
                {"ifResourceExists":"FAIL","users":[{"id":"%s","username":"returned","enabled":true,
                 "email":"returned@example.org","firstName":"F","lastName":"L","realmRoles":["default-roles-orphans"],
                 "credentials":[{"type":"password","value":"returned"}]}]}""".formatted(id));
        assertEquals(200, imported.status(), imported.text());
        assertEquals(1, imported.json().path("added").asInt(), imported.text());
    }

    private static void set(String column, String value, JsonNode token) {
        Database.get()
                .execute("update QH_API_TOKEN set %s = '%s' where PREFIX = '%s'"
                        .formatted(column, value, token.path("prefix").asText()));
    }

    /** A clean-up may finish before this request for the list. */
    private void assertWithoutOwnerOrDeleted(JsonNode token) {
        Answer list = admins.list(
                realm.adminToken(), "?search=" + token.path("prefix").asText());
        assertEquals(200, list.status(), list.text());
        for (JsonNode listed : list.json()) {
            assertTrue(listed.path("username").isNull(), listed.toString());
        }
        assertInactive(token);
    }

    private void awaitDeletion(JsonNode token) {
        await("the row of the token to be deleted")
                .atMost(Duration.ofSeconds(12))
                .until(() -> rows(token) == 0);
        assertInactive(token);
    }

    private String ownerId(JsonNode token) {
        return admins.list(realm.adminToken(), "/" + token.path("id").asText())
                .json()
                .path("userId")
                .asText();
    }

    private static long rows(JsonNode token) {
        return Database.get().tokenRows("PREFIX", token.path("prefix").asText());
    }

    private void assertActive(JsonNode token) {
        assertVerdicts(true, token);
    }

    private void assertInactive(JsonNode token) {
        assertVerdicts(false, token);
    }

    private void assertVerdicts(boolean active, JsonNode token) {
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            Answer answer = realm.introspect(endpoint, token.path("token").asText());
            assertEquals(200, answer.status(), answer.text());
            assertEquals(active, answer.json().path("active").asBoolean(), answer.text());
        }
    }
}
