package io.qahub.keycloak.apitokens.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * A realm's policy for new tokens. Rules that are not set are null.
 *
 * @param latestExpiry the latest expiry of a token that is created now
 * @param mayCreate whether the caller's client may create and rotate tokens; null for administrators
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyRepresentation(
        Integer maxLifetimeDays,
        Integer defaultLifetimeDays,
        Integer idleDays,
        int reauthenticateSeconds,
        String latestExpiry,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean mayCreate) {

    /** Creates a representation; {@code mayCreate} is null for administrators. */
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
