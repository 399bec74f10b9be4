package io.qahub.keycloak.apitokens.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A token's status: computed from its times, never stored. */
public enum TokenStatus {
    ACTIVE,
    EXPIRED,
    REVOKED;

    /** Returns the name as sent: {@code active}, {@code expired} or {@code revoked}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status of that exact name. */
    public static Optional<TokenStatus> of(String value) {
        return Arrays.stream(values()).filter(s -> s.value().equals(value)).findFirst();
    }
}
