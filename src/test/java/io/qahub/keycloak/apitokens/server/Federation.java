package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.HashMap;
import java.util.Map;

/** A {@link Directory} as a user federation provider of a realm. */
record Federation(Realm realm, String id) {
    private static final String TYPE = "org.keycloak.storage.UserStorageProvider";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Adds the directory to the realm; {@code more} are names and values of further settings. */
    static Federation add(Realm realm, Directory directory, String... more) {
        Map<String, String> settings = new HashMap<>(Map.ofEntries(
                Map.entry("enabled", "true"),
                Map.entry("priority", "0"),
                Map.entry("editMode", "WRITABLE"),
                Map.entry("vendor", "other"),
                Map.entry("connectionUrl", directory.url()),
                Map.entry("authType", "simple"),
                Map.entry("bindDn", Directory.BIND_DN),
                Map.entry("bindCredential", Directory.BIND_PASSWORD),
                Map.entry("usersDn", Directory.USERS),
                Map.entry("searchScope", "1"),
                Map.entry("userObjectClasses", "inetOrgPerson"),
                Map.entry("usernameLDAPAttribute", "uid"),
                Map.entry("rdnLDAPAttribute", "uid"),
                Map.entry("uuidLDAPAttribute", "entryUUID"),
                Map.entry("pagination", "false"),
                Map.entry("connectionPooling", "false"),
                Map.entry("connectionTimeout", "5000"),
                Map.entry("readTimeout", "5000")));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        ObjectNode component = JSON.createObjectNode()
                .put("name", "directory")
                .put("providerId", "ldap")
                .put("providerType", TYPE)
                .put("parentId", realm.id());
        settings.forEach(
                (name, value) -> component.withObject("/config").putArray(name).add(value));
        Answer made = realm.admin("POST", "/components", component.toString());
        assertEquals(201, made.status(), made.text());
        String location = made.header("Location");
        return new Federation(realm, location.substring(location.lastIndexOf('/') + 1));
    }

    /** Changes a setting. */
    void set(String name, String value) {
        JsonNode component = realm.admin("GET", "/components/" + id, null).json();
        ((ObjectNode) component).withObject("/config").putArray(name).add(value);
        assertEquals(
                204,
                realm.admin("PUT", "/components/" + id, component.toString()).status());
    }

    /** Removes the provider, as an admin does in the console. */
    void delete() {
        assertEquals(204, realm.admin("DELETE", "/components/" + id, null).status());
    }

    void removeImportedUsers() {
        assertEquals(
                204,
                realm.admin("POST", "/user-storage/" + id + "/remove-imported-users", "")
                        .status());
    }

    /** Makes Keycloak look users up in the directory again. */
    static void clearUserCache(Realm realm) {
        int status = realm.admin("POST", "/clear-user-cache", "").status();
        assertTrue(status == 200 || status == 204, "status " + status);
    }
}
