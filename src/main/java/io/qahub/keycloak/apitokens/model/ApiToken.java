package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A token as it is stored. Optional times are null where unset.
 *
 * @param realmId the realm's id
 * @param ownerId the id of the Keycloak user it belongs to
 * @param clientId the id (not the client id) of the client whose service account the owner is; null for a person
 * @param secretHash bcrypt hash of the secret
 * @param previousSecrets those that rotations replaced, newest first
 * @param lastUsedAddress from where it was last used, if the realm keeps that
 */
public record ApiToken(
        String id,
        String realmId,
        String ownerId,
        String clientId,
        String name,
        String prefix,
        String secretHash,
        List<PreviousSecret> previousSecrets,
        Set<Scope> scopes,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt,
        String lastUsedAddress,
        Instant revokedAt) {

    /** More would let one request cost too many bcrypts. */
    private static final int PREVIOUS_KEPT = 3;

    /** Returns a new token, which has not been used. */
    static ApiToken of(
            RealmModel realm, UserModel owner, TokenRequest request, String prefix, String secretHash, Instant now) {
        return new ApiToken(
                KeycloakModelUtils.generateId(),
                realm.getId(),
                owner.getId(),
                owner.getServiceAccountClientLink(),
                request.name(),
                prefix,
                secretHash,
                List.of(),
                request.scopes(),
                now.truncatedTo(ChronoUnit.MILLIS),
                request.expiresAt() == null ? null : request.expiresAt().truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                null);
    }

    /** Returns the status at {@code now}; a token is expired from the very instant of {@code expiresAt}. */
    public TokenStatus status(Instant now) {
        if (revokedAt != null) {
            return TokenStatus.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? TokenStatus.EXPIRED : TokenStatus.ACTIVE;
    }

    /** Returns this token with a new secret; the one it had, and earlier ones, work for {@code overlap} at most. */
    ApiToken rotated(String newHash, Instant now, Duration overlap, Instant newExpiry) {
        Instant end = now.plus(overlap);
        List<PreviousSecret> previous = Stream.concat(
                        Stream.of(new PreviousSecret(secretHash, end)),
                        previousSecrets.stream().map(secret -> secret.endingBy(end)))
                .limit(PREVIOUS_KEPT)
                .toList();
        return new ApiToken(
                id,
                realmId,
                ownerId,
                clientId,
                name,
                prefix,
                newHash,
                previous,
                scopes,
                createdAt,
                newExpiry,
                lastUsedAt,
                lastUsedAddress,
                null);
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "ApiToken[" + id + ", prefix=" + prefix + "]";
    }
}
