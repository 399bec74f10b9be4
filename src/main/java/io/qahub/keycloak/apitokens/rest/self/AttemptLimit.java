package io.qahub.keycloak.apitokens.rest.self;

import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.keycloak.ServerSetting;
import java.time.Duration;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;

/** Limits the number of tokens that an address may try per minute on this node, at unauthenticated endpoints. */
public final class AttemptLimit {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final LocalCache<String, Attempts> byNetwork;
    private final int perMinute = ServerSetting.ATTEMPTS_PER_MINUTE.get();

    /** Creates the cache; {@code session} may be any session. */
    public AttemptLimit(KeycloakSession session) {
        byNetwork = session.getProvider(LocalCacheProvider.class)
                .create(LocalCacheConfiguration.<String, Attempts>builder()
                        .name("qh-api-token-attempts")
                        .maxSize(ServerSetting.ATTEMPTS_MAX_COUNT.get())
                        .loader(network -> new Attempts())
                        .build());
    }

    /** Counts attempts of the remote address; responds with 429 if it exceeds the limit. */
    void count(KeycloakSession session, int attempts) {
        if (of(session).add(attempts, System.nanoTime(), WINDOW) > perMinute) {
            throw OAuthError.tooManyRequests((int) WINDOW.toSeconds());
        }
    }

    /** Runs {@code report}; responds with 429 if the remote address has another one running on this node. */
    void runAlone(KeycloakSession session, Runnable report) {
        if (!of(session).tryRun(report)) {
            throw OAuthError.tooManyRequests(1);
        }
    }

    private Attempts of(KeycloakSession session) {
        return byNetwork.get(Network.of(session.getContext().getConnection().getRemoteAddr()));
    }
}
