package io.qahub.keycloak.apitokens.server;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends a call again while the response is 503 with {@code Retry-After} (RFC 9110, section 10.2.3), as a client should: on a busy
 * machine, many operations may wait for bcrypt.
 */
final class RetryAfter {
    private static final int MAX_RETRIES = 5;

    private RetryAfter() {}

    /** Returns the first other response, or the last one. */
    static Answer send(Supplier<Answer> call) {
        Answer answer = call.get();
        for (int i = 0; i < MAX_RETRIES && answer.status() == 503 && answer.header("Retry-After") != null; i++) {
            LockSupport.parkNanos(Duration.ofSeconds(Long.parseLong(answer.header("Retry-After")))
                    .toNanos());
            answer = call.get();
        }
        return answer;
    }
}
