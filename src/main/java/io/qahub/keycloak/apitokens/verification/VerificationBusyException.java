package io.qahub.keycloak.apitokens.verification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown if an operation on a token cannot start because too many others are waiting. The caller may retry. */
public final class VerificationBusyException extends RuntimeException {
    private static final long serialVersionUID = 2L;

    private final long retryAfterSeconds;

    /** Creates an exception with the time that the operations before this one probably need. */
    VerificationBusyException(Duration expectedWait, @Nullable Throwable cause) {
        super("too many operations on API tokens are waiting", cause);
        this.retryAfterSeconds = expectedWait.toSeconds() + 1;
    }

    /** Creates an exception for another caller that waited for the same operation. */
    VerificationBusyException(VerificationBusyException cause) {
        super(cause.getMessage(), cause);
        this.retryAfterSeconds = cause.retryAfterSeconds;
    }

    /** Returns the number of seconds after which to retry, at least one. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
