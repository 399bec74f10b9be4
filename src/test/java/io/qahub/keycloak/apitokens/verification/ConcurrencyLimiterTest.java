package io.qahub.keycloak.apitokens.verification;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyLimiterTest {
    private static final int WAITING = 8;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger slow = new AtomicInteger();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(1, slow::incrementAndGet);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        threads.shutdownNow();
    }

    @Test
    void anOperationThatWouldWaitTooLongIsRejectedAtOnceAndPatientOnesAreRun() throws Exception {
        long first = System.nanoTime();
        limiter.run(() -> sleep(Duration.ofMillis(800))); // a mean of at least 100 ms
        double longestMean = (System.nanoTime() - first) / 8e9;
        List<Future<String>> patient = IntStream.rangeClosed(0, WAITING)
                .mapToObj(i -> threads.submit(() -> limiter.run(LONG, LONG, this::untilTheEnd)))
                .toList();
        await("all but one to wait").until(() -> limiter.waiting() == WAITING);

        long start = System.nanoTime();
        VerificationBusyException rejection = assertThrows(
                VerificationBusyException.class, () -> limiter.run(Duration.ofMillis(500), LONG, () -> "impatient"));
        assertTrue(System.nanoTime() - start < Duration.ofMillis(500).toNanos());
        long retryAfter = rejection.retryAfterSeconds(); // the mean of nine operations, rounded up
        assertTrue(retryAfter >= 1 && retryAfter <= Math.ceil(longestMean * (WAITING + 1)), retryAfter + " seconds");
        assertTrue(slow.get() > 0);

        end.countDown();
        for (Future<String> operation : patient) {
            assertEquals("done", operation.get());
        }
    }

    @Test
    void anOperationIsNotRejectedIfItNeedNotWait() {
        limiter.run(() -> sleep(Duration.ofMillis(20)));
        assertEquals("done", limiter.run(Duration.ZERO, Duration.ofSeconds(2), () -> "done"));
        assertEquals(0, slow.get());
    }

    @Test
    void anOperationThatWaitsLongerThanExpectedIsRejectedInTheEnd() {
        threads.submit(() -> limiter.run(this::untilTheEnd));
        threads.submit(() -> limiter.run(this::untilTheEnd));
        await("the second to wait").until(() -> limiter.waiting() == 1);
        assertThrows(
                VerificationBusyException.class,
                () -> limiter.run(Duration.ofMillis(500), Duration.ofSeconds(2), () -> "late"));
        assertTrue(slow.get() > 0);
    }

    private String untilTheEnd() {
        try {
            end.await();
            return "done";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sleep(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            return "done";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
