package io.qahub.keycloak.apitokens.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The status of a token, which is computed from its times and not stored. */
public enum TokenStatus {
    ACTIVE,
    EXPIRED,
    REVOKED;

    /** Returns the name as sent, {@code active}, {@code expired} or {@code revoked}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status with this name, which is case-sensitive. */
    public static Optional<TokenStatus> of(String value) {
        return Arrays.stream(values()).filter(s -> s.value().equals(value)).findFirst();
    }
}
