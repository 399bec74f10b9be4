package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_DOOR;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_DOOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.token.BadTokenStrings;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadTokenStringsIT {
    private static Realm realm;

    /** A realm that stores no events, so that an inactive answer has no reason left to touch the database. */
    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("bad-strings");
        realm.admin("PUT", "/events/config", "{\"eventsEnabled\":false}");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void sqlAndBcryptOfAGoodTokensFirstUseAreCounted() {
        String good =
                realm.newToken(realm.signIn("alice"), "counted").path("token").asText();
        Work first = Work.during(() -> assertTrue(realm.isActive(good)));
        assertTrue(first.sql() > 0, first.toString());
        assertEquals(1, first.bcrypt());
        assertEquals(Work.NONE, Work.during(() -> assertTrue(realm.isActive(good))));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN_DOOR, STANDARD_DOOR})
    void badTokenStringsAreInactiveWithNoSqlOfAnyKindAndNoBcrypt(String door) {
        List<String> bad = BadTokenStrings.all();
        assertTrue(bad.size() >= 60);
        realm.introspect(door, "warms up what Keycloak itself reads");
        Work work = Work.during(() -> bad.forEach(token -> assertInactive(door, token)));
        assertEquals(Work.NONE, work);
    }

    private static void assertInactive(String door, String token) {
        assertEquals("{\"active\":false}", realm.introspect(door, token).text(), token);
    }
}
