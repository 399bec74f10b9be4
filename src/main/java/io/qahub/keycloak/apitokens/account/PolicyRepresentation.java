package io.qahub.keycloak.apitokens.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Instant;
import java.util.OptionalInt;
import org.keycloak.models.ClientModel;

/**
 * What an owner needs to know of the realm's policy.
 *
 * @param latestExpiry the latest expiry of a token made now
 * @param mayCreate whether access tokens of the caller's client may create and rotate tokens
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PolicyRepresentation(
        Integer maxLifetimeDays,
        Integer defaultLifetimeDays,
        Integer idleDays,
        int reauthenticateSeconds,
        String latestExpiry,
        boolean mayCreate) {

    static PolicyRepresentation of(TokenPolicy policy, ClientModel client, Instant now) {
        return new PolicyRepresentation(
                orNull(policy.maxLifetimeDays()),
                orNull(policy.defaultLifetimeDays()),
                orNull(policy.idleDays()),
                policy.reauthenticateSeconds(),
                policy.latestExpiry(now).map(Instant::toString).orElse(null),
                policy.issuers().contains(client.getClientId()));
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
