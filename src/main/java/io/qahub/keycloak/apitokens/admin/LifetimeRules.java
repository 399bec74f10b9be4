package io.qahub.keycloak.apitokens.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * What the realm asks of the lifetimes of new tokens; null where it asks nothing.
 *
 * @param latestExpiry the latest expiry of a token made now
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record LifetimeRules(Integer maxLifetimeDays, Integer defaultLifetimeDays, String latestExpiry) {

    static LifetimeRules of(TokenPolicy policy, Instant now) {
        return new LifetimeRules(
                orNull(policy.maxLifetimeDays()),
                orNull(policy.defaultLifetimeDays()),
                policy.latestExpiry(now).map(Instant::toString).orElse(null));
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
