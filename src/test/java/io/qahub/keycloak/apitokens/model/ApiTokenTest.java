package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiTokenTest {
    private static final Instant CREATED = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant EXPIRY = CREATED.plusSeconds(60);

    @Test
    void aTokenIsActiveUntilItsExpiryAndExpiredAtItsExpiry() {
        ApiToken token = token(EXPIRY, null);
        assertEquals(TokenStatus.ACTIVE, token.status(EXPIRY.minusMillis(1)));
        assertEquals(TokenStatus.EXPIRED, token.status(EXPIRY));
    }

    @Test
    void aTokenWithoutExpiryStaysActive() {
        assertEquals(TokenStatus.ACTIVE, token(null, null).status(Instant.MAX));
    }

    @Test
    void aRevokedTokenIsRevokedBeforeAndAfterItsExpiry() {
        ApiToken token = token(EXPIRY, CREATED.plusSeconds(1));
        assertEquals(TokenStatus.REVOKED, token.status(EXPIRY.minusMillis(1)));
        assertEquals(TokenStatus.REVOKED, token.status(EXPIRY));
    }

    private static ApiToken token(Instant expiresAt, Instant revokedAt) {
        return new ApiToken(
                "id",
                "realm",
                "owner",
                null,
                "name",
                "abc123",
                "hash",
                null,
                List.of(),
                Scopes.split("read"),
                null,
                CREATED,
                expiresAt,
                null,
                null,
                revokedAt);
    }
}
