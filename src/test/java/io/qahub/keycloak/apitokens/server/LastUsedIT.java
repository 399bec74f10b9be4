package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastUsedIT {
    private final String alice = QA_HUB.signIn("alice");

    @Test
    void aThousandUsesCauseOneWrite() {
        writeUsesSoFar();
        JsonNode token = QA_HUB.newToken(alice, "busy");
        String id = token.path("id").asText();
        String tokenString = token.path("token").asText();
        long mark = Keycloak.get().logMark();
        assertTrue(IntStream.range(0, 1000).parallel().allMatch(i -> QA_HUB.isActive(tokenString)));
        Instant lastUsed = awaitLastUsed(id);
        assertTrue(Duration.between(lastUsed, Instant.now()).toSeconds() < 60);
        assertEquals(
                Work.NONE,
                Work.during(() -> assertTrue(QA_HUB.isActive(tokenString))),
                "a use wrote to the database, or the write evicted the cached token");
        writeUsesSoFar();
        assertEquals(lastUsed, awaitLastUsed(id), "the last use was written twice within a minute");
        long writes = Keycloak.get()
                .logSince(mark)
                .lines()
                .filter(line -> line.contains("update QH_API_TOKEN set") && line.contains("LAST_USED_AT"))
                .count();
        assertEquals(2, writes, "one write for each of the two tokens");
    }

    @Test
    void aRejectedTokenIsNotRecordedAsUsed() {
        JsonNode token = QA_HUB.newToken(alice, "revoked early");
        QA_HUB.revoke(alice, token.path("id").asText());
        assertFalse(QA_HUB.isActive(token.path("token").asText()));
        writeUsesSoFar();
        assertTrue(lastUsed(token.path("id").asText()).isNull());
    }

    /** Uses a new token and waits until that use is written: earlier uses are then either written or will never be. */
    private void writeUsesSoFar() {
        JsonNode token = QA_HUB.newToken(alice, "used as a marker");
        assertTrue(QA_HUB.isActive(token.path("token").asText()));
        awaitLastUsed(token.path("id").asText());
    }

    private Instant awaitLastUsed(String id) {
        JsonNode lastUsed = await("the last use to be written").until(() -> lastUsed(id), written -> !written.isNull());
        return Instant.parse(lastUsed.asText());
    }

    private JsonNode lastUsed(String id) {
        return QA_HUB.list(alice, "/" + id).json().path("lastUsedAt");
    }
}
