package io.qahub.keycloak.apitokens.server;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Waits for conditions that several tests need. */
final class Waits {
    private static final Pattern CLEAN_UP = Pattern.compile("Clean-up of API tokens done");

    private Waits() {}

    /** Waits until this time. Only for tests of time itself; all other tests wait for a condition. */
    static void until(Instant time) {
        await("the clock to show " + time)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(1))
                .until(() -> !Instant.now().isBefore(time));
    }

    /** Waits until the shared server has completed this number of clean-ups since the given position in its log. */
    static void untilCleanedUp(int times, long mark) {
        await(times + " clean-ups to be done")
                .atMost(Duration.ofSeconds(20))
                .until(() -> CLEAN_UP.matcher(Keycloak.get().logSince(mark))
                                .results()
                                .count()
                        >= times);
    }
}
