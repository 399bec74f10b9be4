package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CleanUpIT {
    private static Realm realm;
    private static String alice;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("clean");
        realm.admin("PUT", "", """
                {"realm":"clean","attributes":{"apiTokens.issuers":"qa-hub-cli","apiTokens.idleDays":"10",
                 "apiTokens.keepInactiveDays":"5"}}""");
        alice = realm.signIn("alice");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void anIdleTokenIsRevokedAndAUsedOneIsNot() throws InterruptedException {
        JsonNode idle = realm.newToken(alice, "idle");
        JsonNode used = realm.newToken(alice, "used");
        age(idle, "CREATED_AT", Duration.ofDays(10).plusSeconds(1));
        age(used, "LAST_USED_AT", Duration.ofDays(10).minusMinutes(1));
        age(used, "CREATED_AT", Duration.ofDays(30));
        assertEquals("revoked", awaitStatus(idle, "revoked"));
        assertFalse(realm.isActive(idle.path("token").asText()));
        assertTrue(realm.isActive(used.path("token").asText()));
    }

    @Test
    void whatWasInactiveForLongIsDeleted() throws InterruptedException {
        JsonNode longRevoked = realm.newToken(alice, "long revoked");
        JsonNode longExpired = realm.newToken(alice, "long expired");
        JsonNode justExpired = realm.newToken(alice, "just expired");
        age(longRevoked, "REVOKED_AT", Duration.ofDays(5).plusSeconds(1));
        age(longExpired, "EXPIRES_AT", Duration.ofDays(5).plusSeconds(1));
        age(justExpired, "EXPIRES_AT", Duration.ofDays(5).minusMinutes(1));
        assertEquals("", awaitStatus(longRevoked, ""));
        assertEquals("", awaitStatus(longExpired, ""));
        assertEquals("expired", awaitStatus(justExpired, "expired"));
    }

    private static void age(JsonNode token, String column, Duration age) {
        Database.get()
                .setTime(token.path("prefix").asText(), column, Instant.now().minus(age));
    }

    private static String awaitStatus(JsonNode token, String expected) throws InterruptedException {
        String status = "";
        for (int i = 0; i < 60; i++) {
            status = realm.list(alice, "/" + token.path("id").asText())
                    .json()
                    .path("status")
                    .asText();
            if (status.equals(expected)) {
                break;
            }
            Thread.sleep(200);
        }
        return status;
    }
}
