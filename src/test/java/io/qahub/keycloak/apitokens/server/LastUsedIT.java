package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
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
    void aUseIsSeenSoonAndAThousandCostOneWrite() throws InterruptedException {
        JsonNode token = QA_HUB.newToken(alice, "busy");
        String id = token.path("id").asText();
        String tokenString = token.path("token").asText();
        long mark = Keycloak.get().logMark();
        assertTrue(IntStream.range(0, 1000).parallel().allMatch(i -> QA_HUB.isActive(tokenString)));
        Instant lastUsed = await(id);
        assertTrue(Duration.between(lastUsed, Instant.now()).toSeconds() < 60);
        assertEquals(
                Work.NONE,
                Work.during(() -> assertTrue(QA_HUB.isActive(tokenString))),
                "a use writes nothing itself, and the write threw nothing out of the cache");
        Thread.sleep(1500);
        assertEquals(lastUsed, await(id), "at most one write a minute");
        long writes = Keycloak.get()
                .logSince(mark)
                .lines()
                .filter(line -> line.contains("update QH_API_TOKEN set") && line.contains("LAST_USED_AT"))
                .count();
        assertTrue(writes >= 1 && writes <= 5, "other tests' tokens may be written too, but " + writes);
    }

    @Test
    void aRefusedTokenIsNotUsed() throws InterruptedException {
        JsonNode token = QA_HUB.newToken(alice, "revoked early");
        QA_HUB.revoke(alice, token.path("id").asText());
        assertFalse(QA_HUB.isActive(token.path("token").asText()));
        Thread.sleep(1500);
        assertTrue(QA_HUB.list(alice, "/" + token.path("id").asText())
                .json()
                .path("lastUsedAt")
                .isNull());
    }

    private Instant await(String id) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            JsonNode lastUsed = QA_HUB.list(alice, "/" + id).json().path("lastUsedAt");
            if (!lastUsed.isNull()) {
                return Instant.parse(lastUsed.asText());
            }
            Thread.sleep(200);
        }
        throw new AssertionError("the last use was not written within 10 seconds");
    }
}
