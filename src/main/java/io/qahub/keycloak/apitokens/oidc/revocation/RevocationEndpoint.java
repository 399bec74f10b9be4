package io.qahub.keycloak.apitokens.oidc.revocation;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.TokenRevocationEndpoint;

/**
 * Keycloak's endpoint, which also revokes {@code qh_} strings. The secret in them authorizes any client, as at {@code self}.
 * The response is 200 whether there is such a token or not (RFC 7009, section 2.2).
 */
public final class RevocationEndpoint extends TokenRevocationEndpoint {
    private final KeycloakSession session;
    private final EventBuilder event;
    private final AttemptLimit attempts;

    RevocationEndpoint(KeycloakSession session, EventBuilder event, AttemptLimit attempts) {
        super(session, event);
        this.session = session;
        this.event = event;
        this.attempts = attempts;
    }

    @Override
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Response revoke() {
        String token =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(PARAM_TOKEN);
        return token != null && token.startsWith(TokenString.SCHEME) ? revoke(token) : super.revoke();
    }

    private Response revoke(String token) {
        requireChecks();
        attempts.count(session, 0);
        event.event(EventType.REVOKE_GRANT).client(session.getContext().getClient());
        new VerificationRequest(session, event)
                .findBySecret(token)
                .ifPresentOrElse(this::revoke, () -> attempts.count(session, 1));
        session.getProvider(SecurityHeadersProvider.class).options().allowEmptyContentType();
        return Response.ok().build();
    }

    /**
     * Calls Keycloak's endpoint, which does not know the token, for all of its checks: HTTPS, client authentication,
     * origin, repeated parameters and client policies. It also adds the CORS headers to the response.
     */
    private void requireChecks() {
        HeldEvent held = new HeldEvent(session);
        try {
            new TokenRevocationEndpoint(session, held).revoke();
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() != Response.Status.OK.getStatusCode()) {
                held.send();
                throw e;
            }
        }
    }

    /** Revokes the token on every node, whatever its status and the state of its owner. */
    private void revoke(ApiToken found) {
        session.getProvider(ApiTokens.class).revoke(session.getContext().getRealm(), found, RevokedBy.CLIENT);
    }
}
