package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ApiTokenTest {
    private static final Instant EXPIRY = TestToken.CREATED.plusSeconds(60);

    @Test
    void aTokenIsActiveUntilItsExpiryAndExpiredAtItsExpiry() {
        ApiToken token = TestToken.of(EXPIRY, null);
        assertEquals(TokenStatus.ACTIVE, token.status(EXPIRY.minusMillis(1)));
        assertEquals(TokenStatus.EXPIRED, token.status(EXPIRY));
    }

    @Test
    void aTokenWithoutExpiryStaysActive() {
        assertEquals(TokenStatus.ACTIVE, TestToken.of(null, null).status(Instant.MAX));
    }

    @Test
    void aRevokedTokenIsRevokedBeforeAndAfterItsExpiry() {
        ApiToken token = TestToken.of(EXPIRY, TestToken.CREATED.plusSeconds(1));
        assertEquals(TokenStatus.REVOKED, token.status(EXPIRY.minusMillis(1)));
        assertEquals(TokenStatus.REVOKED, token.status(EXPIRY));
    }

    @Test
    void onlyTheDescriptionIsOmitted() {
        assertEquals(
                TestToken.withDescription(null),
                TestToken.withDescription("long").withoutDescription());
    }
}
