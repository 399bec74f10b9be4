package io.qahub.keycloak.apitokens.representation;

import io.qahub.keycloak.apitokens.model.TokenFilter.StatusFilter;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import jakarta.ws.rs.core.MultivaluedMap;

/**
 * The query parameters that every list of tokens has.
 *
 * @param search null for all
 * @param max at most 1000, by default 50
 */
public record ListParameters(String search, StatusFilter status, int first, int max) {
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 1000;

    /** Reads them; answers 400 if one is wrong. */
    public static ListParameters of(MultivaluedMap<String, String> query) {
        StatusFilter status = status(query.getFirst("status"));
        int max = Math.min(number(query, "max", PAGE), LARGEST_PAGE);
        return new ListParameters(searchText(query.getFirst("search")), status, number(query, "first", 0), max);
    }

    /** Returns the status filter of that name; answers 400 if there is none. */
    public static StatusFilter status(String name) {
        return StatusFilter.of(name)
                .orElseThrow(() -> OAuthError.invalidRequest("status is one of active, expired, revoked, all."));
    }

    /** Returns what to search for, null for all; answers 400 for what no name contains. */
    public static String searchText(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw OAuthError.invalidRequest("A text to search for must not contain control characters.");
        }
        return text.strip();
    }

    private static int number(MultivaluedMap<String, String> query, String name, int fallback) {
        String value = query.getFirst(name);
        try {
            int number = value == null ? fallback : Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw OAuthError.invalidRequest(name + " must be a whole number from 0 to 2147483647.");
    }
}
