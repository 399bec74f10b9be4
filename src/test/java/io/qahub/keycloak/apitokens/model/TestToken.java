package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An API token with the prefix {@code abc123} and the hash {@code hash}, for tests without a server. */
public final class TestToken {
    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private TestToken() {}

    /** Returns the token with this expiry and time of revocation, each of which may be null. */
    static ApiToken of(@Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return of(null, null, expiresAt, revokedAt);
    }

    /** Returns the token with this stored digest; null for none. */
    public static ApiToken withDigest(@Nullable String digest) {
        return of(null, digest, null, null);
    }

    /** Returns the token with this description; null for none. */
    static ApiToken withDescription(@Nullable String description) {
        return of(description, null, null, null);
    }

    private static ApiToken of(
            @Nullable String description,
            @Nullable String digest,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {
        return new ApiToken(
                "id",
                "realm",
                "owner",
                null,
                "name",
                description,
                "abc123",
                "hash",
                digest,
                List.of(),
                Scopes.split("read"),
                null,
                AllowedNetworks.ALL,
                CREATED,
                expiresAt,
                null,
                null,
                revokedAt);
    }
}
