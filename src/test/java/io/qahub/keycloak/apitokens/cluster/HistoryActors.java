package io.qahub.keycloak.apitokens.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Threads that send requests until they are told to end; each takes its choices from a random generator of its own. */
final class HistoryActors {
    private static final int PATIENCE_SECONDS = 120;

    private final ExecutorService pool = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean isOver;

    /** Starts an actor that acts again and again, with pauses of up to {@code pauseMillis}. */
    void start(long seed, int pauseMillis, Actor actor) {
        Random random = new Random(seed);
        running.add(pool.submit(() -> {
            while (!isOver) {
                actor.act(random);
                pause(random.nextInt(pauseMillis));
            }
        }));
    }

    /** Waits for the last answers; fails if an actor failed. */
    void end() throws InterruptedException, ExecutionException, TimeoutException {
        isOver = true;
        for (Future<?> actor : running) {
            actor.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        pool.shutdown();
    }

    static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Sends some requests. */
    interface Actor {
        void act(Random random);
    }
}
