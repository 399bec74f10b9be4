package io.qahub.keycloak.apitokens.model;

import org.jspecify.annotations.Nullable;

/** Validates descriptions of tokens, which can have several lines. */
final class TokenDescription {
    static final int MAX_LENGTH = 500;

    private TokenDescription() {}

    /**
     * Returns the description without white space around it; null if nothing is left.
     *
     * @throws InvalidTokenRequestException if it is invalid; the message says why, and does not contain the description
     */
    static @Nullable String check(@Nullable String description) throws InvalidTokenRequestException {
        String trimmed = description == null ? "" : description.strip();
        if (trimmed.codePointCount(0, trimmed.length()) > MAX_LENGTH) {
            throw new InvalidTokenRequestException(
                    "The description must be at most " + MAX_LENGTH + " characters long.");
        }
        TokenName.requireReadable("description", trimmed.replace('\n', ' '));
        return trimmed.isEmpty() ? null : trimmed;
    }
}
