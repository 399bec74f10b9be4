package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.model.TokenFilter.StatusFilter;
import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of lists of tokens.
 *
 * @param search the text to search for; null for all tokens
 * @param first the number of tokens to skip
 * @param max the maximum number of tokens to return; by default 50, at most 1000
 */
public record ListParameters(@Nullable String search, StatusFilter status, int first, int max) {
    private static final int DEFAULT_MAX = 50;
    private static final int LARGEST_MAX = 1000;

    /** Parses the parameters; responds with 400 if one is invalid. */
    public static ListParameters of(MultivaluedMap<String, String> query) {
        StatusFilter status = status(query.getFirst("status"));
        int max = Math.min(number(query, "max", DEFAULT_MAX), LARGEST_MAX);
        return new ListParameters(searchText(query.getFirst("search")), status, number(query, "first", 0), max);
    }

    /** Returns the status filter with this name, or the default if null; responds with 400 if it is unknown. */
    public static StatusFilter status(@Nullable String name) {
        return StatusFilter.of(name)
                .orElseThrow(() -> OAuthError.invalidRequest("status must be active, expired, revoked or all."));
    }

    /**
     * Returns the trimmed text, or null if blank; responds with 400 if it contains control characters. A text that
     * contains a token string is shortened to {@code qh_<prefix>}, so that the secret is neither queried nor logged.
     */
    public static @Nullable String searchText(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String search = TokenString.withoutSecret(text.strip());
        if (search.chars().anyMatch(Character::isISOControl)) {
            throw OAuthError.invalidRequest("Search texts must not contain control characters.");
        }
        return search;
    }

    private static int number(MultivaluedMap<String, String> query, String name, int fallback) {
        String value = query.getFirst(name);
        try {
            int number = value == null ? fallback : Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw OAuthError.invalidRequest(name + " must be a whole number from 0 to 2147483647.");
    }
}
