package io.qahub.keycloak.apitokens.rest.github;

import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.LeakPlace;
import io.qahub.keycloak.apitokens.verification.VerificationBusyException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** The tokens of the realm in a message. */
final class LeakedTokens {
    private static final Logger LOG = Logger.getLogger(LeakedTokens.class);

    /** Shorter than GitHub waits for the response. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(25);

    private final KeycloakSession session;
    private final ApiTokens tokens;

    /** By reported string; empty if this is not a token of the realm. */
    private final Map<String, Optional<ApiToken>> byString = new HashMap<>();

    private final Map<String, ApiToken> byId = new HashMap<>();
    private final Map<String, LeakPlace> places = new HashMap<>();
    private Optional<Response> interruption = Optional.empty();

    LeakedTokens(KeycloakSession session) {
        this.session = session;
        this.tokens = session.getProvider(ApiTokens.class);
    }

    /** Looks up the tokens by their secrets, until a bcrypt operation is rejected or this has taken too long. */
    void find(List<SecretMatch> matches) {
        long begin = System.nanoTime();
        for (SecretMatch match : matches) {
            if (System.nanoTime() - begin > MAX_DURATION.toNanos()) {
                interrupt(matches, 1);
                return;
            }
            try {
                find(match);
            } catch (VerificationBusyException e) {
                interrupt(matches, e.retryAfterSeconds());
                return;
            }
        }
    }

    private void find(SecretMatch match) {
        byString.computeIfAbsent(match.token(), string -> tokens.verifier().findBySecret(session, string))
                .ifPresent(token -> {
                    byId.put(token.id(), token);
                    places.putIfAbsent(token.id(), match.place());
                });
    }

    private void interrupt(List<SecretMatch> matches, long retryAfterSeconds) {
        LOG.warnf(
                "Only %d of %d matches of GitHub's secret scanning could be verified in time; GitHub was asked to send"
                        + " the message again",
                byString.size(), matches.size());
        interruption = Optional.of(OAuthError.busy(retryAfterSeconds).getResponse());
    }

    /** Revokes the tokens that were found: together, after all bcrypt operations, so that no row is locked during these. */
    void revoke() {
        tokens.revokeLeaked(session.getContext().getRealm(), byId.values(), places);
    }

    /** Returns the response if not all matches were looked up. */
    Optional<Response> interruption() {
        return interruption;
    }

    boolean contains(SecretMatch match) {
        return byString.getOrDefault(match.token(), Optional.empty()).isPresent();
    }
}
