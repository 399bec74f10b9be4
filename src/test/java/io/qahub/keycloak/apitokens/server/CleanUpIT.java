package io.qahub.keycloak.apitokens.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CleanUpIT {
    private static final String USUAL = "\"apiTokens.idleDays\":\"10\",\"apiTokens.keepInactiveDays\":\"5\"";
    private static Realm realm;
    private static String alice;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("clean");
        policy(USUAL);
        alice = realm.signIn("alice");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void onlyIdleTokensAreRevoked() {
        JsonNode idle = realm.newToken(alice, "idle");
        JsonNode used = realm.newToken(alice, "used");
        age(idle, "CREATED_AT", Duration.ofDays(10).plusSeconds(1));
        age(used, "LAST_USED_AT", Duration.ofDays(10).minusMinutes(1));
        age(used, "CREATED_AT", Duration.ofDays(30));
        awaitStatus(idle, "revoked");
        assertFalse(realm.isActive(idle.path("token").asText()));
        assertTrue(realm.isActive(used.path("token").asText()));
    }

    @Test
    void tokensThatHaveBeenInactiveForLongAreDeleted() {
        JsonNode longRevoked = realm.newToken(alice, "long revoked");
        JsonNode longExpired = realm.newToken(alice, "long expired");
        JsonNode justExpired = realm.newToken(alice, "just expired");
        age(longRevoked, "REVOKED_AT", Duration.ofDays(5).plusSeconds(1));
        age(longExpired, "EXPIRES_AT", Duration.ofDays(5).plusSeconds(1));
        age(justExpired, "EXPIRES_AT", Duration.ofDays(5).minusMinutes(1));
        awaitStatus(longRevoked, "");
        awaitStatus(longExpired, "");
        awaitStatus(justExpired, "expired");
    }

    /** Clean-ups run every two seconds, and one token becomes due every second, so each clean-up tests both limits. */
    @Test
    void tokensAreProcessedInTheSecondTheyBecomeDueAndNotBefore() {
        List<JsonNode> tokens = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tokens.add(realm.newToken(alice, "becomes due"));
        }
        Map<JsonNode, Instant> idle = new LinkedHashMap<>();
        Map<JsonNode, Instant> expired = new LinkedHashMap<>();
        Instant due = Instant.now().plusSeconds(2);
        for (JsonNode token : tokens) {
            (idle.size() < 4 ? idle : expired).put(token, due);
            due = due.plusSeconds(1);
        }
        idle.forEach((token, time) -> setTime(token, "CREATED_AT", time.minus(Duration.ofDays(10))));
        expired.forEach((token, time) -> setTime(token, "EXPIRES_AT", time.minus(Duration.ofDays(5))));
        while (Instant.now().isBefore(due)) {
            idle.forEach((token, time) -> assertUntouchedBefore(time, token, "active"));
            expired.forEach((token, time) -> assertUntouchedBefore(time, token, "expired"));
        }
        for (JsonNode token : idle.keySet()) {
            awaitStatus(token, "revoked");
            Instant revokedAt =
                    Instant.parse(representation(token).path("revokedAt").asText());
            assertTrue(revokedAt.isAfter(idle.get(token).minusSeconds(1)), "revoked too early: " + revokedAt);
        }
        for (JsonNode token : expired.keySet()) {
            awaitStatus(token, "");
        }
    }

    private static void assertUntouchedBefore(Instant due, JsonNode token, String usual) {
        String status = status(token);
        if (Instant.now().isBefore(due)) {
            assertEquals(usual, status);
        }
    }

    @Test
    void withAnInvalidPolicyNothingIsRevokedOrDeletedAndAnErrorIsLogged() {
        JsonNode longRevoked = realm.newToken(alice, "wrong policy");
        policy("\"apiTokens.keepInactiveDays\":\"-1\"");
        long mark = Keycloak.get().logMark();
        age(longRevoked, "REVOKED_AT", Duration.ofDays(400));
        Waits.untilCleanedUp(2, mark);
        assertTrue(Keycloak.get().logSince(mark).contains("API tokens are not cleaned up: The realm attribute"));
        assertEquals("revoked", status(longRevoked));
        policy("\"apiTokens.keepInactiveDays\":\"0\"");
        awaitStatus(longRevoked, ""); // 0 deletes at the next clean-up
        policy(USUAL);
    }

    @Test
    void byDefaultIdleTokensAreKeptAndInactiveTokensAreDeletedAfterThirtyDays() {
        JsonNode idle = realm.newToken(alice, "never used");
        JsonNode kept = realm.newToken(alice, "kept");
        JsonNode gone = realm.newToken(alice, "gone");
        policy("\"apiTokens.keepInactiveDays\":\"\"");
        age(idle, "CREATED_AT", Duration.ofDays(4000));
        age(kept, "REVOKED_AT", Duration.ofDays(30).minusMinutes(1));
        age(gone, "REVOKED_AT", Duration.ofDays(30).plusSeconds(1));
        awaitStatus(gone, "");
        Waits.untilCleanedUp(2, Keycloak.get().logMark());
        assertEquals("active", status(idle));
        assertEquals("revoked", status(kept));
        policy(USUAL);
    }

    private static void policy(String attributes) {
        String json =
                "{\"realm\":\"clean\",\"attributes\":{\"apiTokens.allowedClients\":\"qa-hub-cli\"," + attributes + "}}";
        assertEquals(204, realm.admin("PUT", "", json).status());
    }

    private static String status(JsonNode token) {
        return representation(token).path("status").asText();
    }

    private static JsonNode representation(JsonNode token) {
        return realm.list(alice, "/" + token.path("id").asText()).json();
    }

    private static void age(JsonNode token, String column, Duration age) {
        setTime(token, column, Instant.now().minus(age));
    }

    private static void setTime(JsonNode token, String column, Instant time) {
        Database.get().setTime(token.path("prefix").asText(), column, time);
    }

    private static void awaitStatus(JsonNode token, String expected) {
        await("the token " + token.path("name") + " to be " + (expected.isEmpty() ? "deleted" : expected))
                .atMost(Duration.ofSeconds(12))
                .until(() -> status(token), expected::equals);
    }
}
