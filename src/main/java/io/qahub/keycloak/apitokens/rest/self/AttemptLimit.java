package io.qahub.keycloak.apitokens.rest.self;

import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.keycloak.ServerSetting;
import java.time.Duration;
import java.time.Instant;
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
        String network = Network.of(session.getContext().getConnection().getRemoteAddr());
        if (byNetwork.get(network).add(attempts, Instant.now(), WINDOW) > perMinute) {
            throw OAuthError.tooManyRequests((int) WINDOW.toSeconds());
        }
    }
}
