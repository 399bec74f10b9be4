package io.qahub.keycloak.apitokens.rest.github;

import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.LeakPlace;
import io.qahub.keycloak.apitokens.model.TokenVerifier;
import io.qahub.keycloak.apitokens.verification.VerificationBusyException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.ErrorResponseException;

/** The tokens of the realm in a message. */
final class LeakedTokens {
    private static final Logger LOG = Logger.getLogger(LeakedTokens.class);

    /** Shorter than GitHub waits for the response. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(25);

    private final KeycloakSession session;
    private final TokenVerifier verifier;

    /** By reported string; empty if this is not a token of the realm. */
    private final Map<String, Optional<ApiToken>> byString = new HashMap<>();

    private final Map<String, ApiToken> byId = new LinkedHashMap<>();
    private final Map<String, LeakPlace> places = new HashMap<>();
    private Optional<ErrorResponseException> interruption = Optional.empty();

    LeakedTokens(KeycloakSession session) {
        this.session = session;
        this.verifier = session.getProvider(ApiTokens.class).verifier();
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
        byString.computeIfAbsent(match.token(), string -> verifier.findBySecret(session, string))
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
        interruption = Optional.of(OAuthError.busy(retryAfterSeconds));
    }

    /**
     * Revokes the tokens that were found: after all bcrypt operations, so that no row is locked during these, and in a
     * transaction of its own, which an error response does not undo.
     */
    void revoke() {
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(), session.getContext(), own -> own.getProvider(ApiTokens.class)
                        .revokeLeaked(own.getContext().getRealm(), byId.values(), places));
    }

    /** Responds with 503 if not all matches were looked up. */
    void requireComplete() {
        if (interruption.isPresent()) {
            throw interruption.get();
        }
    }

    boolean contains(SecretMatch match) {
        return byString.getOrDefault(match.token(), Optional.empty()).isPresent();
    }
}
