package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.keycloak.LogInterval;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks up claims that protocol mappers add to the caller's access token; the lookup fails if a mapper fails. */
public final class AccessTokenClaims {
    private static final Logger LOG = Logger.getLogger(AccessTokenClaims.class);
    private static final LogInterval LOG_INTERVAL = new LogInterval();

    private AccessTokenClaims() {}

    /**
     * Returns the result of {@code lookup}; logs the reason and responds with 503 if it throws an exception.
     *
     * @param purpose what Keycloak cannot determine without the claims, for the caller
     */
    public static <T> T getOrUnavailable(Supplier<T> lookup, String purpose) {
        try {
            return lookup.get();
        } catch (RuntimeException e) {
            if (LOG_INTERVAL.isOver()) {
                LOG.errorf("The claims of an access token could not be determined (logged once a minute): %s", e);
            }
            LOG.debug("The claims of an access token could not be determined", e);
            throw OAuthError.of(
                    503,
                    "temporarily_unavailable",
                    "Keycloak cannot determine " + purpose + ". Its log has the reason.");
        }
    }
}
