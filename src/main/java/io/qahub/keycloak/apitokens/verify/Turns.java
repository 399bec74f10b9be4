package io.qahub.keycloak.apitokens.verify;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Dear work, so much of it at once and no more, first come, first served. */
final class Turns {
    private static final long SLOW_SECONDS = 1;
    private static final long PATIENCE_SECONDS = 10;

    private final Semaphore free;
    private final Runnable whenSlow;

    /** Takes what to do when a turn has not come for a second. */
    Turns(int bound, Runnable whenSlow) {
        this.free = new Semaphore(bound, true);
        this.whenSlow = whenSlow;
    }

    /** Returns how many wait. */
    int waiting() {
        return free.getQueueLength();
    }

    /**
     * Returns what {@code work} does when its turn has come.
     *
     * @throws VerificationBusyException if too many others were first
     */
    <T> T take(Supplier<T> work) {
        await();
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    /**
     * The same, but what bears no fruit holds its turn as long again: whoever asks for nothing else leaves the machine to
     * others for half of the time.
     */
    <T> Optional<T> takeSparingly(Supplier<Optional<T>> work) {
        return take(() -> {
            long begun = System.nanoTime();
            Optional<T> found = work.get();
            if (found.isEmpty()) {
                LockSupport.parkNanos(System.nanoTime() - begun);
            }
            return found;
        });
    }

    private void await() {
        try {
            if (free.tryAcquire(SLOW_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            whenSlow.run();
            if (!free.tryAcquire(PATIENCE_SECONDS - SLOW_SECONDS, TimeUnit.SECONDS)) {
                throw new VerificationBusyException(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerificationBusyException(e);
        }
    }
}
