package io.qahub.keycloak.apitokens.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Shortly before {@code System.nanoTime()} overflows, which it may. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    @Test
    void attemptsAreCountedUntilTheWindowEnds() {
        Attempts attempts = new Attempts();
        assertEquals(100, attempts.add(100, after(0), MINUTE));
        assertEquals(101, attempts.add(1, after(59), MINUTE));
        assertEquals(5, attempts.add(5, after(60), MINUTE), "further attempts extended the window");
        assertEquals(6, attempts.add(1, after(119), MINUTE));
        assertEquals(0, attempts.add(0, after(120), MINUTE));
    }

    private static long after(int seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }
}
