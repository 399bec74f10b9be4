package io.qahub.keycloak.apitokens.verify;

import org.jspecify.annotations.Nullable;

/** No verdict now: more first uses are waiting for bcrypt than the node takes on. Try again. */
public final class VerificationBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VerificationBusyException(@Nullable Throwable cause) {
        super("too many tokens are waiting for their first verification", cause);
    }
}
