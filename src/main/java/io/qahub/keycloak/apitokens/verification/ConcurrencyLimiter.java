package io.qahub.keycloak.apitokens.verification;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Limits concurrent expensive operations; waiters are served in FIFO order. */
final class ConcurrencyLimiter {
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    /** The last duration has the weight 1/{@value} in the mean. */
    private static final int MEAN_WEIGHT = 8;

    private final int limit;
    private final Semaphore permits;
    private final Runnable onSlow;

    /** The mean duration of recent operations; zero at first. */
    private final AtomicLong meanNanos = new AtomicLong();

    /** Creates a limiter for up to {@code limit} concurrent operations. */
    ConcurrencyLimiter(int limit) {
        this(limit, () -> {});
    }

    /** Creates a limiter that also runs {@code onSlow} when an operation has waited for a second, or is rejected. */
    ConcurrencyLimiter(int limit, Runnable onSlow) {
        this.limit = limit;
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
        return run(MAX_WAIT, operation);
    }

    /**
     * As {@link #run(Supplier)}, but does not wait if the operations before this one would probably take longer than
     * {@code expected}, and in no case longer than {@code max}.
     *
     * @throws VerificationBusyException if the operation is rejected or cannot start in time
     */
    <T> T run(Duration expected, Duration max, Supplier<T> operation) {
        Duration wait = expectedWait();
        if (wait.compareTo(expected) > 0) {
            onSlow.run();
            throw new VerificationBusyException(wait, null);
        }
        return run(max, operation);
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

    private <T> T run(Duration maxWait, Supplier<T> operation) {
        acquire(maxWait);
        long start = System.nanoTime();
        try {
            return operation.get();
        } finally {
            long nanos = System.nanoTime() - start;
            meanNanos.updateAndGet(mean -> mean + (nanos - mean) / MEAN_WEIGHT);
            permits.release();
        }
    }

    /**
     * Estimates the wait of an operation that starts to wait now: for the waiting operations and for one that is
     * running.
     */
    private Duration expectedWait() {
        return permits.availablePermits() > 0
                ? Duration.ZERO
                : Duration.ofNanos(meanNanos.get()).multipliedBy(waiting() + 1L).dividedBy(limit);
    }

    private void acquire(Duration maxWait) {
        try {
            if (tryAcquire(SLOW)) {
                return;
            }
            onSlow.run();
            if (!tryAcquire(maxWait.minus(SLOW))) {
                throw new VerificationBusyException(expectedWait(), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerificationBusyException(SLOW, e);
        }
    }

    private boolean tryAcquire(Duration wait) throws InterruptedException {
        return permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
