package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Calls that are sent at the same time, each with its expected response, and again if this has {@code Retry-After}. */
final class Burst {
    private final List<Call> calls = new ArrayList<>();

    /** Adds a call. */
    Burst add(String name, Supplier<Answer> call, Predicate<Answer> expected) {
        calls.add(new Call(name, call, expected));
        return this;
    }

    /** Adds a call that is expected to return this status. */
    Burst add(String name, int status, Supplier<Answer> call) {
        return add(name, call, answer -> answer.status() == status);
    }

    /** Adds the calls of another burst. */
    Burst add(Burst other) {
        calls.addAll(other.calls);
        return this;
    }

    /** Sends the calls, each on its own thread. Fails unless all responses are as expected, and arrive within this time. */
    Responses send(Duration limit) {
        CountDownLatch ready = new CountDownLatch(calls.size());
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        List<Response> responses = new ArrayList<>();
        try {
            for (Future<Response> response : threads.invokeAll(
                    calls.stream().map(call -> call.after(ready)).toList())) {
                responses.add(response.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
        assertEquals(
                List.of(),
                responses.stream()
                        .filter(response -> !response.isRight(limit))
                        .map(Response::toString)
                        .toList());
        return new Responses(responses);
    }

    private record Call(String name, Supplier<Answer> call, Predicate<Answer> expected) {
        private Callable<Response> after(CountDownLatch ready) {
            return () -> {
                ready.countDown();
                ready.await();
                long sent = System.nanoTime();
                Answer answer = RetryAfter.send(call);
                return new Response(this, answer, Duration.ofNanos(System.nanoTime() - sent));
            };
        }
    }

    private record Response(Call call, Answer answer, Duration took) {
        private boolean isRight(Duration limit) {
            return call.expected.test(answer) && took.compareTo(limit) < 0;
        }

        @Override
        public String toString() {
            return "%s: %d after %d ms %s".formatted(call.name, answer.status(), took.toMillis(), answer.text());
        }
    }

    /** The responses, in the order of the calls. */
    record Responses(List<Response> responses) {
        /** Returns the responses to the calls with this name. */
        List<Answer> to(String name) {
            return responses.stream()
                    .filter(response -> response.call.name.equals(name))
                    .map(Response::answer)
                    .toList();
        }

        /** Returns the time that the slowest response took. */
        Duration longest() {
            return responses.stream()
                    .map(Response::took)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }
}
