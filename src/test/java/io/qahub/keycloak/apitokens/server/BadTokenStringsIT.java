package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.awaitility.Awaitility.await;
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

    /** A realm that stores no events, so that an inactive result needs no access to the database. */
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
    void sqlAndBcryptOfAValidTokensFirstUseAreCounted() {
        String good =
                realm.newToken(realm.signIn("alice"), "counted").path("token").asText();
        Database.get().rehash(good);
        Work first = Work.during(() -> assertTrue(realm.isActive(good)));
        assertTrue(first.sql() > 0, first.toString());
        assertEquals(1, first.bcrypt());
        // At the isolation level of MariaDB, only the second use fills the cache.
        await().until(() -> Work.during(() -> assertTrue(realm.isActive(good))), Work.NONE::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN_ENDPOINT, STANDARD_ENDPOINT})
    void malformedTokenStringsAreInactiveWithoutSqlOrBcrypt(String endpoint) {
        List<String> bad = BadTokenStrings.all();
        assertTrue(bad.size() >= 60);
        realm.introspect(endpoint, "makes Keycloak fill its own caches");
        Work work = Work.during(() -> bad.forEach(token -> assertInactive(endpoint, token)));
        assertEquals(Work.NONE, work);
    }

    private static void assertInactive(String endpoint, String token) {
        assertEquals("{\"active\":false}", realm.introspect(endpoint, token).text(), token);
    }
}
