package io.qahub.keycloak.apitokens.http;

import com.github.benmanes.caffeine.cache.Cache;
import io.qahub.keycloak.apitokens.keycloak.Caches;
import io.qahub.keycloak.apitokens.keycloak.ServerSetting;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/** Limits the number of tokens that an address may try per minute on this node, at endpoints that any client may call. */
public final class AttemptLimit {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute = ServerSetting.ATTEMPTS_PER_MINUTE.get();
    private final Cache<String, Attempts> byNetwork;

    /** Creates a limit; {@code cache} is the name of its cache in Keycloak's metrics. */
    public AttemptLimit(String cache) {
        byNetwork = Caches.create(cache, ServerSetting.ATTEMPTS_MAX_COUNT);
    }

    /** Counts attempts of the remote address; responds with 429 if it exceeds the limit. */
    public void count(KeycloakSession session, int attempts) {
        if (of(session).add(attempts, System.nanoTime(), WINDOW) > perMinute) {
            throw OAuthError.tooManyRequests((int) WINDOW.toSeconds());
        }
    }

    /** Runs {@code report}; responds with 429 if the remote address has another one running on this node. */
    public void runAlone(KeycloakSession session, Runnable report) {
        if (!of(session).tryRun(report)) {
            throw OAuthError.tooManyRequests(1);
        }
    }

    private Attempts of(KeycloakSession session) {
        return byNetwork.get(
                CallerNetwork.of(session.getContext().getConnection().getRemoteAddr()), network -> new Attempts());
    }
}
