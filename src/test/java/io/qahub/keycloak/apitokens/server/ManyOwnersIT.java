package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An admin whose fine-grained permissions match more owners than a statement may have parameters. */
@Tag("large")
class ManyOwnersIT {
    /** The maximum of Oracle in a list of values. Hibernate makes 1,024 parameters of 513 to 1,024 values. */
    private static final int MAX_PARAMETERS = 1000;

    private static final int MEMBERS = 600;
    private static Realm realm;
    private static Admins admins;
    private static String teamLead;

    @BeforeAll
    static void everyMemberOfTheTeamHasAToken() {
        realm = Team.realm("many-owners");
        admins = new Admins(realm);
        String users = IntStream.range(0, MEMBERS)
                .mapToObj("{\"username\":\"u%05d\",\"enabled\":true,\"groups\":[\"/team\"]}"::formatted)
                .collect(Collectors.joining(","));
        Answer imported =
                realm.admin("POST", "/partialImport", "{\"ifResourceExists\":\"FAIL\",\"users\":[" + users + "]}");
        assertEquals(200, imported.status(), imported.text());
        JsonNode token = realm.newToken(realm.signIn("alice"), "u of alice");
        Database.get().execute("""
                insert into QH_API_TOKEN (ID, PREFIX, REALM_ID, USER_ID, NAME, SECRET_HASH, SCOPES, CREATED_AT)
                select u.ID, u.USERNAME, t.REALM_ID, u.ID, u.USERNAME, t.SECRET_HASH, t.SCOPES, t.CREATED_AT
                from USER_ENTITY u join QH_API_TOKEN t on t.REALM_ID = u.REALM_ID
                where t.ID = '%s' and u.USERNAME like 'u0%%'""".formatted(token.path("id").asText()));
        teamLead = realm.signIn("lead");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void listsTotalsAndBulkRevocationContainThePermittedOwnersOnly() {
        JsonNode other = realm.newToken(realm.signIn("bob"), "u of bob");
        long mark = Keycloak.get().logMark();
        Set<String> names = new HashSet<>();
        List<String> ids = new ArrayList<>();
        for (int first = 0; first < MEMBERS; first += 550) {
            Answer page = admins.list(teamLead, "?max=550&first=" + first);
            assertEquals(String.valueOf(MEMBERS + 1), page.header("X-Total-Count"), page.text());
            page.json().forEach(token -> {
                assertTrue(names.add(token.path("name").asText()), "listed twice");
                ids.add(token.path("id").asText());
            });
        }
        assertEquals(MEMBERS + 1, names.size());
        assertFalse(names.contains("u of bob"));
        assertRevoked(MEMBERS + 1, "{\"all\":true,\"dryRun\":true}");
        assertRevoked(550, "{\"ids\":[\"%s\"]}".formatted(String.join("\",\"", ids.subList(0, 550))));
        assertRevoked(MEMBERS + 1 - 550, "{\"all\":true}");
        assertTrue(realm.isActive(Admins.token(other)));
        List<String> statements = Keycloak.get()
                .logSince(mark)
                .lines()
                .filter(line -> line.contains("org.hibernate.SQL"))
                .toList();
        assertTrue(statements.size() > 50, "statements: " + statements.size());
        assertEquals(
                List.of(),
                statements.stream()
                        .filter(sql -> parameters(sql) > MAX_PARAMETERS)
                        .toList());
    }

    private static void assertRevoked(int expected, String request) {
        Answer revoked = admins.revokeAll(teamLead, request);
        assertEquals(expected, revoked.json().path("revoked").asInt(), revoked.text());
    }

    private static long parameters(String statement) {
        return statement.chars().filter(letter -> letter == '?').count();
    }
}
