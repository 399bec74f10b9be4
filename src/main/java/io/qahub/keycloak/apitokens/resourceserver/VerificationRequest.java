package io.qahub.keycloak.apitokens.resourceserver;

import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.TokenVerifier;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.model.Verification.Active;
import io.qahub.keycloak.apitokens.model.Verification.Inactive;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import jakarta.ws.rs.WebApplicationException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** A client's question about one token string. The caller gets a verdict; the reason goes to the event. */
public final class VerificationRequest {
    /** The {@code token_type} of our events, and the hint at introspection. */
    public static final String TOKEN_TYPE = "api_token";

    /** What a client must be assigned, as default or optional, to be a resource server. */
    public static final String CLIENT_SCOPE = "api-tokens";

    private static final Logger LOG = Logger.getLogger(VerificationRequest.class);

    private final KeycloakSession session;
    private final EventBuilder event;

    /** Takes the event to finish; its type is set. */
    public VerificationRequest(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.event = event.detail(Details.TOKEN_TYPE, TOKEN_TYPE);
    }

    /** Returns whether {@code client} may ask; if not, the event says what to assign. */
    public boolean isOpenTo(ClientModel client) {
        boolean open = isResourceServer(client);
        if (!open) {
            refused(
                    Errors.NOT_ALLOWED,
                    "assign the client scope api-tokens to this client to let it verify API tokens");
        }
        return open;
    }

    /** Returns whether {@code client} has the client scope, default or optional. */
    public static boolean isResourceServer(ClientModel client) {
        return client.getClientScopes(true).containsKey(CLIENT_SCOPE)
                || client.getClientScopes(false).containsKey(CLIENT_SCOPE);
    }

    /**
     * Verifies a token string in the session's realm; answers 503 if it cannot be verified now. Adds the token to the event,
     * and finishes the event if the token is not active.
     */
    public Optional<Active> verify(String input) {
        return verify(input, Errors.INVALID_TOKEN);
    }

    /** As {@link #verify(String)}, with another error for the event. */
    public Optional<Active> verify(String input, String error) {
        return active(ask(verifier -> verifier.verify(session, input)), error);
    }

    /** As {@link #verify(String)}, for something that was obtained with the token that has this prefix. */
    public Optional<Active> verifyStatus(String prefix) {
        return active(ask(verifier -> verifier.verifyStatus(session, prefix)), Errors.INVALID_TOKEN);
    }

    private Verification ask(Function<TokenVerifier, Verification> question) {
        return answerOrUnavailable(
                () -> question.apply(session.getProvider(ApiTokens.class).verifier()));
    }

    private Optional<Active> active(Verification verification, String error) {
        if (verification instanceof Active active) {
            event.user(active.owner()).detail("prefix", active.token().prefix());
            return Optional.of(active);
        }
        Inactive inactive = (Inactive) verification;
        if (inactive.ownerId() != null) {
            event.user(inactive.ownerId());
        }
        if (inactive.prefix() != null) {
            event.detail("prefix", inactive.prefix());
        }
        refused(error, inactive.reason().name().toLowerCase(Locale.ROOT));
        return Optional.empty();
    }

    /** Returns what {@code question} answers; answers 503 where it fails. */
    public <T> T answerOrUnavailable(Supplier<T> question) {
        try {
            return question.get();
        } catch (WebApplicationException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever failed, database included.
            LOG.error("A token could not be verified", e);
            reportUnavailable();
            throw OAuthError.unavailable();
        }
    }

    /** If storing the event fails too, the answer is still 503. */
    private void reportUnavailable() {
        try {
            refused("temporarily_unavailable", "verification is unavailable");
        } catch (RuntimeException e) {
            LOG.warn("The event of it could not be stored", e);
        }
    }

    /** Finishes the event as an error. */
    public void refused(String error, String reason) {
        event.detail(Details.REASON, reason).error(error);
    }

    /** Finishes the event as a success. */
    public void accepted() {
        event.success();
    }
}
