package io.qahub.keycloak.apitokens.selfservice;

import io.qahub.keycloak.apitokens.oauth.OAuthError;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.cache.LocalCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/** How many tokens one address may try per minute on this node, where nobody has to sign in. */
public final class AttemptLimit implements Provider {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final KeycloakSession session;
    private final LocalCache<String, Attempts> counts;
    private final int perMinute;

    AttemptLimit(KeycloakSession session, LocalCache<String, Attempts> counts, int perMinute) {
        this.session = session;
        this.counts = counts;
        this.perMinute = perMinute;
    }

    /** Counts attempts of the request's address; answers 429 where it has made too many. */
    void count(int attempts) {
        String network = Network.of(session.getContext().getConnection().getRemoteAddr());
        if (counts.get(network).add(attempts, Instant.now(), WINDOW) > perMinute) {
            throw OAuthError.tooManyRequests((int) WINDOW.toSeconds());
        }
    }

    @Override
    public void close() {}
}
