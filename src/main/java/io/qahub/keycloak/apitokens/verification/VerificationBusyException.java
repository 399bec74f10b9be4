package io.qahub.keycloak.apitokens.verification;

import org.jspecify.annotations.Nullable;

/** Thrown if a verification cannot complete because too many others are waiting for bcrypt. The caller may retry. */
public final class VerificationBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VerificationBusyException(@Nullable Throwable cause) {
        super("too many tokens are waiting for their first verification", cause);
    }
}
