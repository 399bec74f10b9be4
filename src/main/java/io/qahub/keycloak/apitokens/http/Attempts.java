package io.qahub.keycloak.apitokens.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The attempts of a network in the current time window, and its leak report that is being processed. */
final class Attempts {
    private final Semaphore reports = new Semaphore(1);
    private long begin = 0;
    private int count;

    /**
     * Adds attempts, in a new window if the current one has ended; returns the number of attempts in the window.
     *
     * @param now as returned by {@code System.nanoTime()}
     */
    synchronized int add(int attempts, long now, Duration window) {
        if (count == 0 || now - begin >= window.toNanos()) {
            begin = now;
            count = 0;
        }
        count += attempts;
        return count;
    }

    /** Runs {@code report} unless another one of the network is running; returns whether it did. */
    boolean tryRun(Runnable report) {
        if (!reports.tryAcquire()) {
            return false;
        }
        try {
            report.run();
            return true;
        } finally {
            reports.release();
        }
    }
}
