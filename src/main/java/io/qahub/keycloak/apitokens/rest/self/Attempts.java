package io.qahub.keycloak.apitokens.rest.self;

import java.time.Duration;
import java.time.Instant;

/** Counts the attempts of a network in the current time window. */
final class Attempts {
    private Instant begin = Instant.EPOCH;
    private int count;

    /** Adds attempts, in a new window if the current one has ended; returns the number of attempts in the window. */
    synchronized int add(int attempts, Instant now, Duration window) {
        if (!now.isBefore(begin.plus(window))) {
            begin = now;
            count = 0;
        }
        count += attempts;
        return count;
    }
}
