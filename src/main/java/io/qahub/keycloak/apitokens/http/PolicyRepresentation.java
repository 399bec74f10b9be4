package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A realm's policy for new tokens. Rules that are not set are null.
 *
 * @param latestExpiry the latest expiry of a token that is created now
 * @param mayCreate whether the caller's client may create and rotate tokens; null for administrators
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyRepresentation(
        @Nullable Integer maxLifetimeDays,
        @Nullable Integer defaultLifetimeDays,
        @Nullable Integer idleDays,
        int reauthenticateSeconds,
        @Nullable String latestExpiry,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean mayCreate) {

    /** Creates a representation; {@code mayCreate} is null for administrators. */
    public static PolicyRepresentation of(TokenPolicy policy, Instant now, @Nullable Boolean mayCreate) {
        return new PolicyRepresentation(
                orNull(policy.maxLifetimeDays()),
                orNull(policy.defaultLifetimeDays()),
                orNull(policy.idleDays()),
                policy.reauthenticateSeconds(),
                policy.latestExpiry(now).map(Instant::toString).orElse(null),
                mayCreate);
    }

    private static @Nullable Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
