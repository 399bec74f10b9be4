package io.qahub.keycloak.apitokens.verification;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Limits concurrent expensive operations; waiters are served in FIFO order. */
final class ConcurrencyLimiter {
    private static final long SLOW_SECONDS = 1;
    private static final long MAX_WAIT_SECONDS = 10;

    private final Semaphore permits;
    private final Runnable onSlow;

    /** Creates a limiter for up to {@code limit} concurrent operations. */
    ConcurrencyLimiter(int limit) {
        this(limit, () -> {});
    }

    /** Creates a limiter that also runs {@code onSlow} when an operation has waited for a second. */
    ConcurrencyLimiter(int limit, Runnable onSlow) {
        this.permits = new Semaphore(limit, true);
        this.onSlow = onSlow;
    }

    /** Returns the number of waiting operations. */
    int waiting() {
        return permits.getQueueLength();
    }

    /**
     * Runs {@code operation} as soon as fewer than the limit are running.
     *
     * @throws VerificationBusyException if the operation cannot start within ten seconds
     */
    <T> T run(Supplier<T> operation) {
        acquire();
        try {
            return operation.get();
        } finally {
            permits.release();
        }
    }

    /**
     * As {@link #run}, but an operation with an empty result keeps its permit for twice its duration, which halves the
     * load that a flood of such operations causes.
     */
    <T> Optional<T> runThrottled(Supplier<Optional<T>> operation) {
        return run(() -> {
            long start = System.nanoTime();
            Optional<T> result = operation.get();
            if (result.isEmpty()) {
                LockSupport.parkNanos(System.nanoTime() - start);
            }
            return result;
        });
    }

    private void acquire() {
        try {
            if (permits.tryAcquire(SLOW_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            onSlow.run();
            if (!permits.tryAcquire(MAX_WAIT_SECONDS - SLOW_SECONDS, TimeUnit.SECONDS)) {
                throw new VerificationBusyException(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerificationBusyException(e);
        }
    }
}
