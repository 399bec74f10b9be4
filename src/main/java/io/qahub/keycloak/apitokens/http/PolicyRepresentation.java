package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A realm's policy for new tokens. Rules that are not set are null.
 *
 * @param latestExpiry the latest expiry of a token that is created now
 * @param allowedNetworks the networks from which the tokens of the realm can be used
 * @param helpUrl the realm's page about API tokens
 * @param mayCreate whether the caller may create, rotate and edit tokens; null for administrators
 * @param impersonated whether the caller acts as the owner; null for administrators
 * @param scopes the scopes that the owner may choose; null for administrators
 * @param organizations the organizations that the owner may choose; null for administrators
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyRepresentation(
        @Nullable Integer maxLifetimeDays,
        @Nullable Integer defaultLifetimeDays,
        @Nullable Integer idleDays,
        int reauthenticateSeconds,
        @Nullable String latestExpiry,
        boolean organizationRequired,
        @Nullable List<String> allowedNetworks,
        @Nullable String helpUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean mayCreate,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean impersonated,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ScopeRepresentation> scopes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<OrganizationRepresentation> organizations) {

    /** Creates a representation for administrators. */
    public static PolicyRepresentation of(TokenPolicy policy, Instant now) {
        return new PolicyRepresentation(
                orNull(policy.maxLifetimeDays()),
                orNull(policy.defaultLifetimeDays()),
                orNull(policy.idleDays()),
                policy.reauthenticateSeconds(),
                policy.latestExpiry(now).map(Instant::toString).orElse(null),
                policy.organizationRequired(),
                policy.allowedNetworks().isRestricted()
                        ? policy.allowedNetworks().texts()
                        : null,
                policy.helpUrl(),
                null,
                null,
                null,
                null);
    }

    /** Returns a representation for an owner, or for an impersonator of the owner. */
    public PolicyRepresentation forOwner(
            boolean usesAllowedClient,
            boolean isImpersonated,
            List<ScopeRepresentation> choosable,
            List<OrganizationRepresentation> own) {
        return new PolicyRepresentation(
                maxLifetimeDays,
                defaultLifetimeDays,
                idleDays,
                reauthenticateSeconds,
                latestExpiry,
                organizationRequired,
                allowedNetworks,
                helpUrl,
                usesAllowedClient && !isImpersonated,
                isImpersonated,
                choosable,
                own);
    }

    private static @Nullable Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
