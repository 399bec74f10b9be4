package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.keycloak.AfterCommit;
import io.qahub.keycloak.apitokens.keycloak.LogInterval;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.CallerAddress;
import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import io.qahub.keycloak.apitokens.model.TokenStatus;
import io.qahub.keycloak.apitokens.model.TokenVerifier;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.model.Verification.Active;
import io.qahub.keycloak.apitokens.model.Verification.Inactive;
import io.qahub.keycloak.apitokens.model.Verification.Reason;
import io.qahub.keycloak.apitokens.token.TokenString;
import io.qahub.keycloak.apitokens.verification.ResourceServers;
import io.qahub.keycloak.apitokens.verification.VerificationBusyException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** A client's request to verify a token. Callers receive only the result; the reason is in the event. */
public final class VerificationRequest {
    /** The event detail {@code token_type}, and the {@code token_type_hint} of introspection requests. */
    public static final String TOKEN_TYPE = "api_token";

    private static final Logger LOG = Logger.getLogger(VerificationRequest.class);

    private static final LogInterval LOG_INTERVAL = new LogInterval();
    private static final LogInterval EVENT_LOG_INTERVAL = new LogInterval();

    private final KeycloakSession session;
    private final EventBuilder event;
    private final CallerAddress address;

    /**
     * Creates a request that the caller itself makes, so that its address is that of the connection. The request
     * completes {@code event}, whose type must be set.
     */
    public VerificationRequest(KeycloakSession session, EventBuilder event) {
        this(
                session,
                event,
                CallerAddress.of(session.getContext().getConnection().getRemoteAddr()));
    }

    /** Creates a request that a client makes for a caller with this address. */
    public VerificationRequest(KeycloakSession session, EventBuilder event, CallerAddress address) {
        this.session = session;
        this.address = address;
        this.event = event.detail(Details.TOKEN_TYPE, TOKEN_TYPE);
    }

    /** Returns whether {@code client} may verify tokens; if not, completes the event as an error. */
    public boolean isAllowed(ClientModel client) {
        boolean allowed = ResourceServers.includes(client);
        if (!allowed) {
            refused(
                    Errors.NOT_ALLOWED,
                    "assign the client scope api-tokens to this client to let it verify API tokens");
        }
        return allowed;
    }

    /**
     * Verifies {@code input}, which may be any string, in the session's realm. Responds with 503 if verification fails.
     * Adds the token to the event, and completes the event as an error if the token is not active.
     *
     * @param resourceServer the client at which the token must have a scope
     * @return empty if the token is not active
     */
    public Optional<Active> verify(String input, ClientModel resourceServer) {
        return verify(input, resourceServer, Errors.INVALID_TOKEN);
    }

    /** As {@link #verify(String, ClientModel)}, with {@code error} as the error of the event. */
    public Optional<Active> verify(String input, ClientModel resourceServer, String error) {
        return active(run(verifier -> verifier.verify(session, input, resourceServer, address)), error);
    }

    /** As {@link #verify(String, ClientModel)}, for the holder of a token, who may have it without any scope. */
    public Optional<Active> verifyForHolder(String input) {
        return active(run(verifier -> verifier.verify(session, input, null, address)), Errors.INVALID_TOKEN);
    }

    /**
     * As {@link #verify(String, ClientModel)}, for an access token that was obtained with the token that has this prefix.
     */
    public Optional<Active> verifyStatus(String prefix, ClientModel resourceServer) {
        return active(
                run(verifier -> verifier.verifyStatus(session, prefix, resourceServer, address)), Errors.INVALID_TOKEN);
    }

    /**
     * Returns the token whose secret {@code input} contains, active or not, to be revoked. Does not look up its owner.
     * Responds with 503 if the secret cannot be verified; completes the event as an error if there is no such token.
     */
    public Optional<ApiToken> findBySecret(String input) {
        return findBySecret(input, token -> true);
    }

    /** As {@link #findBySecret}, for a token that must be active. */
    public Optional<ApiToken> findActiveBySecret(String input) {
        return findBySecret(input, token -> token.status(Instant.now()) == TokenStatus.ACTIVE);
    }

    private Optional<ApiToken> findBySecret(String input, Predicate<ApiToken> condition) {
        Optional<ApiToken> token =
                getOrUnavailable(() -> verifier().findBySecret(session, input)).filter(condition);
        if (token.isEmpty()) {
            TokenString.parse(input).ifPresent(string -> event.detail("prefix", string.prefix()));
            refused(Errors.INVALID_TOKEN, "no token that can be revoked has this secret");
        }
        return token;
    }

    private Verification run(Function<TokenVerifier, Verification> verification) {
        return getOrUnavailable(() -> verification.apply(verifier()));
    }

    private TokenVerifier verifier() {
        return session.getProvider(ApiTokens.class).verifier();
    }

    private Optional<Active> active(Verification verification, String error) {
        if (verification instanceof Active active) {
            event.user(active.owner()).detail("prefix", active.token().prefix());
            if (active.token().organizationId() != null) {
                event.detail(
                        "organization",
                        TokenOrganizations.alias(session, active.token().organizationId()));
            }
            return Optional.of(active);
        }
        Inactive inactive = (Inactive) verification;
        if (inactive.ownerId() != null) {
            event.user(inactive.ownerId());
        }
        if (inactive.prefix() != null) {
            event.detail("prefix", inactive.prefix());
        }
        if (inactive.reason() == Reason.ADDRESS_NOT_ALLOWED) {
            address.canonical().ifPresent(known -> event.detail("caller_address", known));
        }
        refused(error, inactive.reason().name().toLowerCase(Locale.ROOT));
        return Optional.empty();
    }

    /** Returns the result of {@code verification}; responds with 503 if it throws an exception. */
    public <T> T getOrUnavailable(Supplier<T> verification) {
        try {
            return verification.get();
        } catch (WebApplicationException e) {
            throw e;
        } catch (VerificationBusyException e) { // logged by the executor of bcrypt operations
            refused("temporarily_unavailable", "too many verifications are waiting");
            throw OAuthError.busy(e);
        } catch (RuntimeException e) {
            // Includes failures of the database and of user directories.
            if (LOG_INTERVAL.isOver()) {
                LOG.errorf("A token could not be verified (logged once a minute): %s", e);
            }
            LOG.debug("A token could not be verified", e);
            refused("temporarily_unavailable", "verification is unavailable");
            throw OAuthError.unavailable();
        }
    }

    /** Completes the event as an error; {@code reason} is for operators. */
    public void refused(String error, String reason) {
        sendError(session, event.detail(Details.REASON, reason), error);
    }

    /**
     * Completes the event as an error after the transaction, because Keycloak stores it in another one: a request that
     * waits for a second connection could deadlock a small pool. If the event cannot be stored, the response is the
     * same.
     */
    public static void sendError(KeycloakSession session, EventBuilder event, String error) {
        EventBuilder complete = event.clone();
        AfterCommit.orRollback(session, "sending an event about a refused request", () -> {
            try {
                complete.error(error);
            } catch (RuntimeException e) {
                if (EVENT_LOG_INTERVAL.isOver()) {
                    LOG.errorf("The event of a refused request could not be stored (logged once a minute): %s", e);
                }
                LOG.debug("The event of a refused request could not be stored", e);
            }
        });
    }

    /** Completes the event as a success. */
    public void accepted() {
        event.success();
    }
}
