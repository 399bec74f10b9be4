package io.qahub.keycloak.apitokens.oidc.introspection;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;

/**
 * The client attribute {@code apiTokens.maxExpSeconds}: the maximum {@code exp} of introspection responses, in seconds
 * from now. For clients that cache a response until its {@code exp}.
 *
 * @param seconds empty for no ceiling
 */
record ExpiryCeiling(OptionalInt seconds) {
    static final String ATTRIBUTE = "apiTokens.maxExpSeconds";

    /** Reads the attribute; returns empty if it is set but not a whole number of at least 1. */
    static Optional<ExpiryCeiling> of(ClientModel client) {
        String value = client.getAttribute(ATTRIBUTE);
        if (value == null || value.isBlank()) {
            return Optional.of(new ExpiryCeiling(OptionalInt.empty()));
        }
        try {
            int seconds = Integer.parseInt(value.strip());
            return seconds < 1 ? Optional.empty() : Optional.of(new ExpiryCeiling(OptionalInt.of(seconds)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the earlier of {@code expiresAt} and the ceiling; null if neither is set. */
    @Nullable
    Instant apply(@Nullable Instant expiresAt, Instant now) {
        if (seconds.isEmpty()) {
            return expiresAt;
        }
        Instant ceiling = now.plusSeconds(seconds.getAsInt());
        return expiresAt == null || expiresAt.isAfter(ceiling) ? ceiling : expiresAt;
    }
}
