package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.TokenString;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Criteria that tokens must match. A null criterion matches every token.
 *
 * @param ownerIds the ids of the owners
 * @param search part of the name or start of the prefix, ignoring case
 * @param status the status
 * @param scope the name of a scope that the token has, among others
 * @param organizations ids of organizations, to one of which the token is bound
 * @param neverUsed if true, the token was never used
 * @param notUsedSince the token was created and last used, if ever, before this time
 * @param expiresBefore the token expires between now and this time
 * @param livesBeyond the token expires after this time or never
 */
public record TokenFilter(
        @Nullable Set<String> ownerIds,
        @Nullable String search,
        StatusFilter status,
        @Nullable String scope,
        @Nullable Set<String> organizations,
        boolean neverUsed,
        @Nullable Instant notUsedSince,
        @Nullable Instant expiresBefore,
        @Nullable Instant livesBeyond) {

    private static final Pattern PREFIX_START = Pattern.compile("[0-9a-z]{0,6}");

    /** Returns a filter that matches all tokens that are not revoked. */
    public static TokenFilter notRevoked() {
        return new TokenFilter(null, null, StatusFilter.NOT_REVOKED, null, null, false, null, null, null);
    }

    /** Returns a filter that matches active tokens that expire after {@code latest} or never. */
    public static TokenFilter livingBeyond(Instant latest) {
        return new TokenFilter(null, null, StatusFilter.ACTIVE, null, null, false, null, null, latest);
    }

    /** Returns a filter that matches the tokens of one owner; {@code search} may be null. */
    public static TokenFilter ofOwner(String ownerId, @Nullable String search, StatusFilter status) {
        return new TokenFilter(Set.of(ownerId), search, status, null, null, false, null, null, null);
    }

    /** Returns this filter without a condition on the owner. */
    public TokenFilter ofAllOwners() {
        return withOwners(null);
    }

    /** Returns this filter with other owners. */
    public TokenFilter withOwners(@Nullable Set<String> owners) {
        return new TokenFilter(
                owners, search, status, scope, organizations, neverUsed, notUsedSince, expiresBefore, livesBeyond);
    }

    /** Returns this filter with another status. */
    public TokenFilter withStatus(StatusFilter other) {
        return new TokenFilter(
                ownerIds, search, other, scope, organizations, neverUsed, notUsedSince, expiresBefore, livesBeyond);
    }

    /** Returns the range of prefixes that start with {@code search}, with or without {@code qh_}; empty if none do. */
    public static Optional<PrefixRange> prefixes(String search) {
        String lower = search.toLowerCase(Locale.ROOT);
        String start = lower.startsWith(TokenString.SCHEME) ? lower.substring(TokenString.SCHEME.length()) : lower;
        return PREFIX_START.matcher(start).matches()
                ? Optional.of(new PrefixRange(start, start + "z".repeat(TokenString.PREFIX_LENGTH - start.length())))
                : Optional.empty();
    }

    /** An inclusive range of prefixes in ASCII order, for which the database can use an index in any locale. */
    public record PrefixRange(String first, String last) {}

    /** A status, all statuses, or the default: all tokens that are not revoked. */
    public enum StatusFilter {
        ACTIVE,
        EXPIRED,
        REVOKED,
        ALL,
        NOT_REVOKED;

        /** Returns the filter for a {@code status} parameter; {@link #NOT_REVOKED} if null, empty if unknown. */
        public static Optional<StatusFilter> of(@Nullable String value) {
            if (value == null) {
                return Optional.of(NOT_REVOKED);
            }
            return value.equals("all")
                    ? Optional.of(ALL)
                    : TokenStatus.of(value).map(s -> valueOf(s.name()));
        }
    }
}
