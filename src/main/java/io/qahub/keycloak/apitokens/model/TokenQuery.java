package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.TokenString;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of an owner's tokens to list.
 *
 * @param search part of a name or start of a prefix; null for all
 * @param status which tokens, seen by status
 * @param first how many to skip
 * @param max how many at most
 */
public record TokenQuery(String search, StatusFilter status, int first, int max) {

    /** A status, all of them, or the default: everything that is not revoked. */
    public enum StatusFilter {
        ACTIVE,
        EXPIRED,
        REVOKED,
        ALL,
        NOT_REVOKED;

        /** Returns the filter that a {@code status} parameter names; without one, {@link #NOT_REVOKED}. */
        public static Optional<StatusFilter> of(String value) {
            if (value == null) {
                return Optional.of(NOT_REVOKED);
            }
            return value.equals("all")
                    ? Optional.of(ALL)
                    : TokenStatus.of(value).map(s -> valueOf(s.name()));
        }
    }

    /** Returns the start of the prefix that {@code search} may mean; a whole token string means its prefix. */
    public String prefixStart() {
        Optional<TokenString> pasted = TokenString.parse(search);
        if (pasted.isPresent()) {
            return pasted.get().prefix();
        }
        String lower = search.toLowerCase(Locale.ROOT);
        return lower.startsWith(TokenString.SCHEME) ? lower.substring(TokenString.SCHEME.length()) : lower;
    }
}
