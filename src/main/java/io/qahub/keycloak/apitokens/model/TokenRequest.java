package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A validated request for a new token.
 *
 * @param texts name and description
 * @param scopes at least one scope
 * @param organizationId the id of the organization that the token is bound to; null for none
 * @param allowedNetworks the networks from which the token can be used
 * @param expiresAt null for a token that does not expire
 * @param key identifies the request if it may be repeated; null if not
 */
public record TokenRequest(
        TokenTexts texts,
        SortedSet<String> scopes,
        @Nullable String organizationId,
        AllowedNetworks allowedNetworks,
        @Nullable Instant expiresAt,
        @Nullable RequestKey key) {
    static final Duration MAX_LIFETIME = Duration.ofDays(36_525);

    /**
     * Validates and creates a request.
     *
     * @param expiresAt null for a token that does not expire
     * @throws InvalidTokenRequestException if a part is invalid; the message says what to change
     */
    public static TokenRequest of(TokenTexts texts, Set<String> scopes, @Nullable Instant expiresAt, Instant now)
            throws InvalidTokenRequestException {
        return new TokenRequest(
                texts, checkedScopes(scopes), null, AllowedNetworks.ALL, checkedExpiry(expiresAt, now), null);
    }

    /** Returns this request for a token that is bound to an organization; null for none. */
    public TokenRequest withOrganization(@Nullable String id) {
        return new TokenRequest(texts, scopes, id, allowedNetworks, expiresAt, key);
    }

    /** Returns this request for a token that can be used only from these networks. */
    public TokenRequest withNetworks(AllowedNetworks networks) {
        return new TokenRequest(texts, scopes, organizationId, networks, expiresAt, key);
    }

    /** Returns this request with a key that identifies it; null for none. */
    public TokenRequest withKey(@Nullable RequestKey other) {
        return new TokenRequest(texts, scopes, organizationId, allowedNetworks, expiresAt, other);
    }

    private static SortedSet<String> checkedScopes(Set<String> scopes) throws InvalidTokenRequestException {
        if (scopes.isEmpty()) {
            throw new InvalidTokenRequestException("Choose at least one scope.");
        }
        SortedSet<String> sorted = Scopes.copyOf(scopes);
        if (Scopes.join(sorted).length() > Scopes.MAX_LENGTH) {
            throw new InvalidTokenRequestException(
                    "The names of all scopes together must be at most " + Scopes.MAX_LENGTH + " characters long.");
        }
        return sorted;
    }

    /**
     * Returns {@code expiresAt}, which may be null, if it is in the future and within 100 years.
     *
     * @throws InvalidTokenRequestException otherwise
     */
    public static @Nullable Instant checkedExpiry(@Nullable Instant expiresAt, Instant now)
            throws InvalidTokenRequestException {
        if (expiresAt == null) {
            return null;
        }
        if (!expiresAt.isAfter(now)) {
            throw new InvalidTokenRequestException("expiresAt must be in the future.");
        }
        if (expiresAt.isAfter(now.plus(MAX_LIFETIME))) {
            throw new InvalidTokenRequestException(
                    "expiresAt must be within 100 years; send null for a token that does not expire.");
        }
        return expiresAt;
    }
}
