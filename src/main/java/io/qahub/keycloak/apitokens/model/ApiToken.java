package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A token as stored. {@code expiresAt}, {@code lastUsedAt} and {@code revokedAt} are null if unset.
 *
 * @param realmId the id of the realm
 * @param ownerId the id of the Keycloak user that the token belongs to
 * @param clientId the internal id of the client whose service account is the owner; null if the owner is a person
 * @param description null if there is none
 * @param secretHash the bcrypt hash of the secret
 * @param secretDigest the keyed digest of the secret, which verifies it without bcrypt; null if none is stored
 * @param previousSecrets the secrets that rotations replaced, newest first; at most three
 * @param scopes the names of the scopes that the owner chose, whether or not the token can currently use all of them
 * @param organizationId the id of the organization that the token is bound to; null if none
 * @param allowedNetworks the networks from which the token can be used, as the owner chose them
 * @param lastUsedAddress the IP address of the last use; null if never used or if the realm does not record it
 */
public record ApiToken(
        String id,
        String realmId,
        String ownerId,
        @Nullable String clientId,
        String name,
        @Nullable String description,
        String prefix,
        String secretHash,
        @Nullable String secretDigest,
        List<PreviousSecret> previousSecrets,
        SortedSet<String> scopes,
        @Nullable String organizationId,
        AllowedNetworks allowedNetworks,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedAddress,
        @Nullable Instant revokedAt) {

    /** Bounds the number of bcrypt operations that one request can cause. */
    private static final int PREVIOUS_KEPT = 3;

    /** Creates a token that has not been used. */
    static ApiToken of(
            RealmModel realm, UserModel owner, TokenRequest request, String prefix, HashedSecret secret, Instant now) {
        return new ApiToken(
                KeycloakModelUtils.generateId(),
                realm.getId(),
                owner.getId(),
                owner.getServiceAccountClientLink(),
                request.texts().name(),
                request.texts().description(),
                prefix,
                secret.hash(),
                secret.digest(),
                List.of(),
                request.scopes(),
                request.organizationId(),
                request.allowedNetworks(),
                now.truncatedTo(ChronoUnit.MILLIS),
                request.expiresAt() == null ? null : request.expiresAt().truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                null);
    }

    /** Returns the status at {@code now}. A token is expired at {@code expiresAt} and after. */
    public TokenStatus status(Instant now) {
        if (revokedAt != null) {
            return TokenStatus.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? TokenStatus.EXPIRED : TokenStatus.ACTIVE;
    }

    /** Returns when the last replaced secret stops being accepted; null if none is accepted at {@code now}. */
    public @Nullable Instant previousSecretUntil(Instant now) {
        if (status(now) != TokenStatus.ACTIVE) {
            return null;
        }
        return previousSecrets.stream()
                .map(PreviousSecret::until)
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .map(until -> expiresAt != null && expiresAt.isBefore(until) ? expiresAt : until)
                .orElse(null);
    }

    /** Returns this token with a new secret. Its current and previous ones stay valid for {@code overlap} at most. */
    ApiToken rotated(HashedSecret newSecret, Instant now, Duration overlap, @Nullable Instant newExpiry) {
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
                description,
                prefix,
                newSecret.hash(),
                newSecret.digest(),
                previous,
                scopes,
                organizationId,
                allowedNetworks,
                createdAt,
                newExpiry,
                lastUsedAt,
                lastUsedAddress,
                null);
    }

    /** Returns this token without its description, which may be long, for caches. */
    public ApiToken withoutDescription() {
        return new ApiToken(
                id,
                realmId,
                ownerId,
                clientId,
                name,
                null,
                prefix,
                secretHash,
                secretDigest,
                previousSecrets,
                scopes,
                organizationId,
                allowedNetworks,
                createdAt,
                expiresAt,
                lastUsedAt,
                lastUsedAddress,
                revokedAt);
    }

    /** Omits the hash and the digest. */
    @Override
    public String toString() {
        return "ApiToken[" + id + ", prefix=" + prefix + "]";
    }
}
