package io.qahub.keycloak.apitokens.resourceserver;

import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import io.qahub.keycloak.apitokens.verify.TokenVerifier;
import jakarta.ws.rs.WebApplicationException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** A client's question about one token string. The caller gets a verdict; the reason goes to the event. */
public final class Inquiry {
    /** The {@code token_type} of our events, and the hint at introspection. */
    public static final String TOKEN_TYPE = "api_token";

    /** What a client must be assigned, as default or optional, to be a resource server. */
    public static final String CLIENT_SCOPE = "api-tokens";

    private static final Logger LOG = Logger.getLogger(Inquiry.class);

    private final KeycloakSession session;
    private final EventBuilder event;

    /** Takes the event to finish; its type is set. */
    public Inquiry(KeycloakSession session, EventBuilder event) {
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

    /** Returns the verdict in the session's realm; answers 503 where there is none now, which is no verdict. */
    public Verification verify(String input) {
        return ask(verifier -> verifier.verify(session.getContext().getRealm(), input));
    }

    /** The same on the token of this prefix, for what was obtained with it. */
    public Verification judgeWithoutSecret(String prefix) {
        return ask(verifier -> verifier.judgeWithoutSecret(session.getContext().getRealm(), prefix));
    }

    private Verification ask(Function<TokenVerifier, Verification> question) {
        return answerOrUnavailable(() -> question.apply(session.getProvider(TokenVerifier.class)));
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

    /** Where events go to the database that is gone, the answer must not go with them. */
    private void reportUnavailable() {
        try {
            refused("temporarily_unavailable", "verification is unavailable");
        } catch (RuntimeException e) {
            LOG.warn("The event of it could not be stored", e);
        }
    }

    /** Adds to the event whose token it is. */
    public void found(Verification.Active active) {
        event.user(active.owner()).detail("prefix", active.token().prefix());
    }

    /** Finishes the event with what is known of a token that is not good. */
    public void refused(Verification.Inactive inactive) {
        refused(inactive, Errors.INVALID_TOKEN);
    }

    /** The same as another error. */
    public void refused(Verification.Inactive inactive, String error) {
        if (inactive.ownerId() != null) {
            event.user(inactive.ownerId());
        }
        if (inactive.prefix() != null) {
            event.detail("prefix", inactive.prefix());
        }
        refused(error, inactive.reason().name().toLowerCase(Locale.ROOT));
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
