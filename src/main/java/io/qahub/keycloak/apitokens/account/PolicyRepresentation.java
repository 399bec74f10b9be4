package io.qahub.keycloak.apitokens.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.util.OptionalInt;

/** What an owner needs to know of the realm's policy. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PolicyRepresentation(
        Integer maxLifetimeDays, Integer defaultLifetimeDays, Integer idleDays, int reauthenticateSeconds) {

    static PolicyRepresentation of(TokenPolicy policy) {
        return new PolicyRepresentation(
                orNull(policy.maxLifetimeDays()),
                orNull(policy.defaultLifetimeDays()),
                orNull(policy.idleDays()),
                policy.reauthenticateSeconds());
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
