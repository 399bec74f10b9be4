package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import java.util.Set;

/**
 * A token as it is stored. Optional times are null where unset.
 *
 * @param realmId the realm's id
 * @param ownerId the id of the Keycloak user it belongs to
 * @param clientId the id (not the client id) of the client whose service account the owner is; null for a person
 * @param secretHash bcrypt hash of the secret
 */
public record ApiToken(
        String id,
        String realmId,
        String ownerId,
        String clientId,
        String name,
        String prefix,
        String secretHash,
        Set<Scope> scopes,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt,
        Instant revokedAt) {

    /** Returns the status at {@code now}; a token is expired from the very instant of {@code expiresAt}. */
    public TokenStatus status(Instant now) {
        if (revokedAt != null) {
            return TokenStatus.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? TokenStatus.EXPIRED : TokenStatus.ACTIVE;
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "ApiToken[" + id + ", prefix=" + prefix + "]";
    }
}
