package io.qahub.keycloak.apitokens.model;

import org.jspecify.annotations.Nullable;

/**
 * What owners write about a token, and can change without a new secret.
 *
 * @param name 1 to 100 characters, trimmed; see {@link TokenName}
 * @param description 1 to 500 characters, trimmed, which can have several lines; null for none
 */
public record TokenTexts(String name, @Nullable String description) {

    /**
     * Validates and creates texts.
     *
     * @throws InvalidTokenRequestException if a text is invalid; the message says what to change
     */
    public static TokenTexts of(@Nullable String name, @Nullable String description)
            throws InvalidTokenRequestException {
        return new TokenTexts(TokenName.check(name), TokenDescription.check(description));
    }
}
