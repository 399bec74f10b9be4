package io.qahub.keycloak.apitokens.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * What a realm's policy requires of new tokens; null where it requires nothing.
 *
 * @param latestExpiry the latest expiry of a token created now
 * @param mayCreate whether access tokens of the caller's client may create and rotate tokens; not sent to administrators
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyRepresentation(
        Integer maxLifetimeDays,
        Integer defaultLifetimeDays,
        Integer idleDays,
        int reauthenticateSeconds,
        String latestExpiry,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean mayCreate) {

    /** Returns a policy for an administrator, or with {@code mayCreate} for an owner. */
    public static PolicyRepresentation of(TokenPolicy policy, Instant now, Boolean mayCreate) {
        return new PolicyRepresentation(
                orNull(policy.maxLifetimeDays()),
                orNull(policy.defaultLifetimeDays()),
                orNull(policy.idleDays()),
                policy.reauthenticateSeconds(),
                policy.latestExpiry(now).map(Instant::toString).orElse(null),
                mayCreate);
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
