package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.TokenString;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tokens are meant; null stands for "whatever".
 *
 * @param ownerIds whose tokens
 * @param search part of a name or start of a prefix
 * @param status seen by status
 * @param scope those that have this scope
 * @param neverUsed only those that were never used
 * @param notUsedSince only those last used, or else created, before this time
 * @param expiresBefore only those that expire between now and this time
 * @param livesBeyond only those that expire after this time or never
 */
public record TokenFilter(
        Set<String> ownerIds,
        String search,
        StatusFilter status,
        Scope scope,
        boolean neverUsed,
        Instant notUsedSince,
        Instant expiresBefore,
        Instant livesBeyond) {

    private static final Pattern TOKEN_STRING = Pattern.compile("(?s)(qh_[0-9a-z]{6})_.*");
    private static final Pattern PREFIX_START = Pattern.compile("[0-9a-z]{0,6}");

    /** Cuts a pasted token string down to its prefix, so that a secret gets no further. */
    public TokenFilter {
        Matcher pasted = TOKEN_STRING.matcher(search == null ? "" : search);
        search = pasted.matches() ? pasted.group(1) : search;
    }

    /** Returns the tokens that are not revoked, whatever else. */
    public static TokenFilter notRevoked() {
        return new TokenFilter(null, null, StatusFilter.NOT_REVOKED, null, false, null, null, null);
    }

    /** Returns the active tokens that expire after {@code latest} or never. */
    public static TokenFilter livingBeyond(Instant latest) {
        return new TokenFilter(null, null, StatusFilter.ACTIVE, null, false, null, null, latest);
    }

    /** Returns the tokens of one owner that a search and a status find. */
    public static TokenFilter ofOwner(String ownerId, String search, StatusFilter status) {
        return new TokenFilter(Set.of(ownerId), search, status, null, false, null, null, null);
    }

    /** Returns this filter, narrowed to some owners. */
    public TokenFilter withOwners(Set<String> owners) {
        return new TokenFilter(owners, search, status, scope, neverUsed, notUsedSince, expiresBefore, livesBeyond);
    }

    /** Returns this filter with another status. */
    public TokenFilter withStatus(StatusFilter other) {
        return new TokenFilter(ownerIds, search, other, scope, neverUsed, notUsedSince, expiresBefore, livesBeyond);
    }

    /** Returns which prefixes start with {@code search}, with or without {@code qh_}; empty where none can. */
    public Optional<PrefixRange> prefixes() {
        String lower = search.toLowerCase(Locale.ROOT);
        String start = lower.startsWith(TokenString.SCHEME) ? lower.substring(TokenString.SCHEME.length()) : lower;
        return PREFIX_START.matcher(start).matches()
                ? Optional.of(new PrefixRange(start, start + "z".repeat(TokenString.PREFIX_LENGTH - start.length())))
                : Optional.empty();
    }

    /** From the first to the last of these in alphabetical order; an index finds them where it would not find a pattern. */
    public record PrefixRange(String first, String last) {}

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
}
