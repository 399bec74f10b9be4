package io.qahub.keycloak.apitokens.selfservice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");

    @Test
    void attemptsAreCountedUntilTheWindowEnds() {
        Attempts attempts = new Attempts();
        assertEquals(100, attempts.add(100, START, MINUTE));
        assertEquals(101, attempts.add(1, START.plusSeconds(59), MINUTE));
        assertEquals(5, attempts.add(5, START.plusSeconds(60), MINUTE), "further attempts extended the window");
        assertEquals(6, attempts.add(1, START.plusSeconds(119), MINUTE));
        assertEquals(0, attempts.add(0, START.plusSeconds(120), MINUTE));
    }
}
