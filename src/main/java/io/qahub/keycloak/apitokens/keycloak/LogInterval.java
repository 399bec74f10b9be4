package io.qahub.keycloak.apitokens.keycloak;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Limits a log message that many requests can cause to one a minute. */
public final class LogInterval {
    private static final long NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong last = new AtomicLong(System.nanoTime() - NANOS);

    /** Returns whether to log now; if so, returns false for the next minute. */
    public boolean isOver() {
        long now = System.nanoTime();
        long previous = last.get();
        return now - previous >= NANOS && last.compareAndSet(previous, now);
    }
}
