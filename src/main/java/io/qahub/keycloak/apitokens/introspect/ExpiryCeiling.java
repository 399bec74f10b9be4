package io.qahub.keycloak.apitokens.introspect;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;

/**
 * The client attribute {@code apiTokens.maxExpSeconds}: the latest {@code exp}, in seconds from now, that the client is
 * answered. For clients that cache an answer until its {@code exp}.
 *
 * @param seconds empty for no ceiling
 */
record ExpiryCeiling(OptionalInt seconds) {
    static final String ATTRIBUTE = "apiTokens.maxExpSeconds";

    /** Returns empty if the client's attribute is set to something other than a whole number from 1. */
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

    /** Returns the {@code exp} to answer; null for none. */
    @Nullable
    Instant apply(@Nullable Instant expiresAt, Instant now) {
        if (seconds.isEmpty()) {
            return expiresAt;
        }
        Instant ceiling = now.plusSeconds(seconds.getAsInt());
        return expiresAt == null || expiresAt.isAfter(ceiling) ? ceiling : expiresAt;
    }
}
