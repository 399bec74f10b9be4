package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.AllowedNetworks;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.model.TokenUse;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** A row of {@code QH_API_TOKEN}. Times are milliseconds since the epoch. */
@Entity
@DynamicUpdate
@Table(name = "QH_API_TOKEN")
@SuppressWarnings("NullAway.Init") // Hibernate sets the fields
public class ApiTokenEntity {
    @Id
    @Column(name = "ID", length = 36)
    protected String id;

    @Column(name = "REALM_ID", length = 36, nullable = false, updatable = false)
    protected String realmId;

    @Column(name = "USER_ID", length = 255, nullable = false, updatable = false)
    protected String ownerId;

    @Column(name = "CLIENT_ID", length = 36, updatable = false)
    protected @Nullable String clientId;

    @Nationalized
    @Column(name = "NAME", length = 255, nullable = false)
    protected String name;

    @Nationalized
    @Column(name = "DESCRIPTION", length = 2000)
    protected @Nullable String description;

    @Column(name = "PREFIX", length = 6, nullable = false, updatable = false)
    protected String prefix;

    @Column(name = "SECRET_HASH", length = 60, nullable = false)
    protected String secretHash;

    @Column(name = "SECRET_DIGEST", length = 60)
    protected @Nullable String secretDigest;

    @Column(name = "PREVIOUS_SECRETS", length = 400)
    protected @Nullable String previousSecrets;

    @Column(name = "SCOPES", length = 4000, nullable = false)
    protected String scopes;

    @Column(name = "ORGANIZATION_ID", length = 36, updatable = false)
    protected @Nullable String organizationId;

    /** Space-separated; null if all are allowed. */
    @Column(name = "ALLOWED_NETWORKS", length = 2000)
    protected @Nullable String allowedNetworks;

    @Column(name = "CREATED_AT", nullable = false, updatable = false)
    protected long createdAt;

    @Column(name = "EXPIRES_AT")
    protected @Nullable Long expiresAt;

    @Column(name = "LAST_USED_AT")
    protected @Nullable Long lastUsedAt;

    @Column(name = "LAST_USED_ADDRESS", length = 64)
    protected @Nullable String lastUsedAddress;

    @Column(name = "REVOKED_AT")
    protected @Nullable Long revokedAt;

    /** The {@code days} of the last {@code ExpiryNotice} sent. */
    @Column(name = "EXPIRY_NOTICE_DAYS")
    protected @Nullable Integer expiryNoticeDays;

    @Column(name = "REPLACED_NOTICE_AT")
    protected @Nullable Long replacedNoticeAt;

    /** The key of the request that created the token; without one, the id, because it must be unique in any database. */
    @Column(name = "CREATION_KEY", length = 43, updatable = false)
    protected @Nullable String creationKey;

    /** The key of the last request that rotated the token. */
    @Column(name = "ROTATION_KEY", length = 43)
    protected @Nullable String rotationKey;

    static ApiTokenEntity of(ApiToken token) {
        ApiTokenEntity row = new ApiTokenEntity();
        row.id = token.id();
        row.realmId = token.realmId();
        row.ownerId = token.ownerId();
        row.clientId = token.clientId();
        row.name = token.name();
        row.description = token.description();
        row.prefix = token.prefix();
        row.secretHash = token.secretHash();
        row.secretDigest = token.secretDigest();
        row.previousSecrets = PreviousSecrets.join(token.previousSecrets());
        row.scopes = Scopes.join(token.scopes());
        row.organizationId = token.organizationId();
        row.allowedNetworks = AllowedNetworks.join(token.allowedNetworks());
        row.createdAt = token.createdAt().toEpochMilli();
        row.expiresAt = millis(token.expiresAt());
        row.lastUsedAt = millis(token.lastUsedAt());
        row.revokedAt = millis(token.revokedAt());
        return row;
    }

    /** Interns the realm id and owner id, which many cached tokens share. */
    ApiToken toModel() {
        return new ApiToken(
                id,
                realmId.intern(),
                ownerId.intern(),
                clientId,
                name,
                description,
                prefix,
                secretHash,
                secretDigest,
                PreviousSecrets.split(previousSecrets),
                Scopes.split(scopes),
                organizationId,
                AllowedNetworks.split(allowedNetworks),
                Instant.ofEpochMilli(createdAt),
                instant(expiresAt),
                instant(lastUsedAt),
                lastUsedAddress,
                instant(revokedAt));
    }

    /** Stores a use that is at least {@code apart} later than the stored one; returns the use in any case. */
    TokenUse touch(TokenUse use, Duration apart) {
        if (lastUsedAt == null || lastUsedAt <= use.at().minus(apart).toEpochMilli()) {
            lastUsedAt = use.at().toEpochMilli();
            lastUsedAddress = use.address();
        }
        return use;
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
