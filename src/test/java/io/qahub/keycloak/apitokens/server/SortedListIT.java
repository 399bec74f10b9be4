package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner's list, sorted by each of its columns. */
class SortedListIT {
    private static Realm realm;
    private static Organizations organizations;
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeTokens() {
        realm = Realm.fresh("sorted-list");
        organizations = new Organizations(realm);
        organizations.setEnabled(true);
        for (String alias : List.of("globex", "acme")) {
            organizations.join(organizations.create(alias), realm.userId("alice"));
        }
        make("first", "'read'", "'globex'", 9000);
        make("Last", "'read','write'", "'acme'", 5000);
        make("never", "'write'", "null", 0);
        use("first", 0);
        use("Last", 60);
        make("expired", "'read'", "'acme'", 9000);
        use("expired", 120);
        set("expired", "EXPIRES_AT", -100);
        make("revoked", "'read'", "null", 7000);
        use("revoked", 180);
        String bearer = realm.signIn("alice");
        realm.revoke(bearer, token("revoked").path("id").asText());
    }

    private static void make(String name, String scopes, String organization, int secondsToLive) {
        String expiry = secondsToLive == 0 ? "null" : "'" + Instant.now().plusSeconds(secondsToLive) + "'";
        String json = "{'name':'%s','scopes':[%s],'organization':%s,'expiresAt':%s}"
                .formatted(name, scopes, organization, expiry)
                .replace('\'', '"');
        assertEquals(201, realm.create(realm.signIn("alice"), json).status(), json);
    }

    private static JsonNode token(String name) {
        return realm.list(realm.signIn("alice"), "?search=" + name.replace(" ", "%20"))
                .json()
                .get(0);
    }

    private static void use(String name, int secondsAgo) {
        set(name, "LAST_USED_AT", -secondsAgo);
    }

    private static void set(String name, String column, int seconds) {
        Database.get()
                .setTime(
                        token(name).path("prefix").asText(),
                        column,
                        Instant.now().plusSeconds(seconds));
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                               | revoked, expired, never, Last, first",
                "?sort=created&order=asc          | first, Last, never, expired, revoked",
                "?sort=name&order=asc             | expired, first, Last, never, revoked",
                "?sort=name&order=desc            | revoked, never, Last, first, expired",
                "?sort=scopes&order=asc           | revoked, expired, first, Last, never",
                "?sort=scopes&order=desc          | never, Last, revoked, expired, first",
                "?sort=organization&order=asc     | expired, Last, first, revoked, never",
                "?sort=organization&order=desc    | revoked, never, first, expired, Last",
                "?sort=expires&order=asc          | expired, Last, revoked, first, never",
                "?sort=expires&order=desc&max=2   | never, first",
                "?sort=lastUsed                   | first, Last, expired, revoked, never",
                "?sort=lastUsed&order=asc&first=3 | Last, first",
                "?sort=status&order=asc           | never, first, Last, expired, revoked",
                "?sort=status&order=desc          | revoked, expired, Last, first, never"
            })
    void aListIsSorted(String query, String names) {
        String all = (query.isEmpty() ? "?" : query + "&") + "status=all";
        assertEquals(List.of(names.split(", ")), values(all, "name"));
    }

    @Test
    void aListIsSortedByStatusWithinAFilterThatComparesTheSameTime() {
        assertEquals(List.of("never", "first", "Last"), values("?sort=status&order=asc&status=active", "name"));
        assertEquals(List.of("expired"), values("?sort=status&status=expired", "name"));
    }

    @Test
    void aListIsSortedByPrefix() {
        List<String> prefixes = values("?status=all", "prefix");
        prefixes.sort(Comparator.naturalOrder());
        assertEquals(prefixes, values("?status=all&sort=prefix&order=asc", "prefix"));
        prefixes.sort(Comparator.reverseOrder());
        assertEquals(prefixes, values("?status=all&sort=prefix", "prefix"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "prefix", "scopes", "organization", "created", "lastUsed", "expires", "status"})
    void eachTokenIsOnOnePage(String sort) {
        for (String order : List.of("asc", "desc")) {
            String query = "?status=all&sort=" + sort + "&order=" + order;
            List<String> paged = new ArrayList<>();
            for (int first = 0; first < 6; first += 2) {
                paged.addAll(values(query + "&max=2&first=" + first, "name"));
            }
            assertEquals(values(query, "name"), paged, query);
        }
    }

    @Test
    void aDeletedOrganizationIsSortedByTheIdThatTheListShows() {
        String id = organizations.create("initech");
        organizations.join(id, realm.userId("bob"));
        String bob = realm.signIn("bob");
        for (String name : List.of("bound", "unbound")) {
            String organization = name.equals("bound") ? "\"initech\"" : "null";
            realm.create(
                    bob, "{\"name\":\"%s\",\"scopes\":[\"read\"],\"organization\":%s}".formatted(name, organization));
        }
        organizations.delete(id);
        JsonNode sorted = realm.list(bob, "?sort=organization&order=asc").json();
        assertEquals(List.of("bound", "unbound"), sorted.findValuesAsText("name"));
        assertEquals(id, sorted.get(0).path("organization").asText());
    }

    private List<String> values(String query, String field) {
        return new ArrayList<>(realm.list(alice, query).json().findValuesAsText(field));
    }
}
