package io.qahub.keycloak.apitokens.selfservice;

import java.time.Duration;
import java.time.Instant;

/** What one network has tried since its window began. */
final class Attempts {
    private Instant begin = Instant.EPOCH;
    private int count;

    /** Adds attempts, in a new window if the last one is over; returns how many the window has. */
    synchronized int add(int attempts, Instant now, Duration window) {
        if (!now.isBefore(begin.plus(window))) {
            begin = now;
            count = 0;
        }
        count += attempts;
        return count;
    }
}
