package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A list that is longer than the largest page. */
class LongListIT {
    private static final int TOKENS = 2_001;
    private static Realm realm;
    private static Admins admins;
    private static String root;

    @BeforeAll
    static void fill() {
        realm = Realm.fresh("long-list");
        realm.admin(
                "PUT",
                "",
                "{\"realm\":\"long-list\",\"attributes\":{\"apiTokens.allowedClients\":\"qa-hub-cli\",\"apiTokens.keepInactiveDays\":\"36500\"}}");
        admins = new Admins(realm);
        root = Realm.admin();
        String prefix = realm.newToken(realm.signIn("alice"), "one of many")
                .path("prefix")
                .asText();
        Database.get().spreadToken(prefix, TOKENS - 1);
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void everyPageOfEverySortOrderIsCorrect() {
        List<JsonNode> all = new ArrayList<>();
        for (int first = 0; first < TOKENS; first += 1000) {
            list("&max=1000&order=asc&first=" + first).json().forEach(all::add);
        }
        assertEquals(
                TOKENS, all.stream().map(token -> token.path("id")).distinct().count());
        assertPages(all, "created", "createdAt", Comparator.naturalOrder());
        assertPages(all, "lastUsed", "lastUsedAt", Comparator.nullsFirst(Comparator.naturalOrder()));
        assertPages(all, "expires", "expiresAt", Comparator.nullsLast(Comparator.naturalOrder()));
        assertPages(all, "prefix", "prefix", Comparator.naturalOrder());
    }

    @Test
    void tokensThatAreEqualInAColumnAreSortedNewestFirst() {
        String alice = realm.signIn("alice");
        for (int first = 0; first < TOKENS; first += 497) {
            String page = "?status=all&max=40&first=" + first;
            List<String> newestFirst = realm.list(alice, page).json().findValuesAsText("id");
            for (String sort : List.of("name", "scopes", "organization")) {
                for (String order : List.of("asc", "desc")) {
                    String query = page + "&sort=" + sort + "&order=" + order;
                    assertEquals(newestFirst, realm.list(alice, query).json().findValuesAsText("id"), query);
                }
            }
        }
    }

    private static void assertPages(List<JsonNode> all, String sort, String field, Comparator<String> times) {
        Comparator<JsonNode> ascending = Comparator.<JsonNode, String>comparing(
                        token -> token.path(field).textValue(), times)
                .thenComparing(token -> token.path("id").textValue());
        List<String> ids = all.stream().sorted(ascending).map(LongListIT::id).toList();
        List<String> reversed =
                all.stream().sorted(ascending.reversed()).map(LongListIT::id).toList();
        for (int first = 0; first < TOKENS + 500; first += 497) {
            String page = "&max=40&sort=" + sort + "&first=" + first;
            assertEquals(part(ids, first), ids(page + "&order=asc"), page);
            assertEquals(part(reversed, first), ids(page + "&order=desc"), page);
        }
    }

    private static List<String> part(List<String> ids, int first) {
        return ids.subList(Math.min(first, TOKENS), Math.min(first + 40, TOKENS));
    }

    private static List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        list(query).json().forEach(token -> ids.add(id(token)));
        return ids;
    }

    private static String id(JsonNode token) {
        return token.path("id").textValue();
    }

    private static Answer list(String query) {
        Answer answer = admins.list(root, "?status=all" + query);
        assertEquals("" + TOKENS, answer.header("X-Total-Count"), answer.text());
        return answer;
    }
}
