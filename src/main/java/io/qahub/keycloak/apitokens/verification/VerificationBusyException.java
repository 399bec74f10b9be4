package io.qahub.keycloak.apitokens.verification;

import org.jspecify.annotations.Nullable;

/** Thrown if an operation on a token cannot start because too many others are waiting. The caller may retry. */
public final class VerificationBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VerificationBusyException(@Nullable Throwable cause) {
        super("too many operations on API tokens are waiting", cause);
    }
}
