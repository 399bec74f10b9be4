package io.qahub.keycloak.apitokens.introspect;

import io.qahub.keycloak.apitokens.resourceserver.Inquiry;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;

/**
 * The client attribute {@code apiTokens.maxExpSeconds}: how far ahead the {@code exp} may lie that a client is told. For
 * those that take {@code exp} for the time to remember an answer.
 *
 * @param seconds empty for as far as the token goes
 */
record ExpiryCeiling(OptionalInt seconds) {
    private static final String ATTRIBUTE = "apiTokens.maxExpSeconds";

    /** Returns the ceiling of a client that may ask; empty for one that may not, and the event says what to change. */
    static Optional<ExpiryCeiling> ofCaller(ClientModel client, Inquiry inquiry) {
        if (!inquiry.isOpenTo(client)) {
            return Optional.empty();
        }
        Optional<ExpiryCeiling> ceiling = of(client);
        if (ceiling.isEmpty()) {
            inquiry.refused(
                    Errors.NOT_ALLOWED, "set the attribute " + ATTRIBUTE + " of this client to a whole number from 1");
        }
        return ceiling;
    }

    /** Returns empty where the client's attribute is no whole number from 1. */
    private static Optional<ExpiryCeiling> of(ClientModel client) {
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
    Instant apply(Instant expiresAt, Instant now) {
        if (seconds.isEmpty()) {
            return expiresAt;
        }
        Instant ceiling = now.plusSeconds(seconds.getAsInt());
        return expiresAt == null || expiresAt.isAfter(ceiling) ? ceiling : expiresAt;
    }
}
