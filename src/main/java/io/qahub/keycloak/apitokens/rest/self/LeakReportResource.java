package io.qahub.keycloak.apitokens.rest.self;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.verification.VerificationBusyException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * {@code POST /realms/{realm}/api-tokens/revoke}: revokes tokens that were found in a public place. Callers need no
 * other credential. The response does not reveal whether a token was valid.
 */
public final class LeakReportResource {
    private static final Logger LOG = Logger.getLogger(LeakReportResource.class);
    private static final int MAX_TOKENS = 100;

    private final KeycloakSession session;
    private final AttemptLimit attempts;
    private final RealmModel realm;

    /** Creates the resource for the session of a request. */
    public LeakReportResource(KeycloakSession session, AttemptLimit attempts) {
        this.session = session;
        this.attempts = attempts;
        this.realm = session.getContext().getRealm();
    }

    /** Revokes the tokens in the form fields {@code token}, including expired ones. Responds with 200 in any case. */
    @POST
    public Response report() {
        List<String> reported =
                session.getContext().getHttpRequest().getDecodedFormParameters().get("token");
        if (reported == null || reported.size() > MAX_TOKENS) {
            throw OAuthError.invalidRequest("Send a form with 1 to " + MAX_TOKENS + " fields named token.");
        }
        // Wrong secrets cost a bcrypt operation each.
        attempts.runAlone(session, () -> {
            attempts.count(session, reported.size());
            revoke(reported);
        });
        return Response.ok(Map.of(), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Revokes all tokens together, after all bcrypt operations, so that no row is locked during these. */
    private void revoke(List<String> reported) {
        try {
            ApiTokens tokens = session.getProvider(ApiTokens.class);
            Map<String, ApiToken> found = new HashMap<>();
            for (String input : Set.copyOf(reported)) {
                tokens.verifier().findBySecret(session, input).ifPresent(token -> found.put(token.id(), token));
            }
            tokens.revoke(realm, found.values(), RevokedBy.LEAK_REPORT);
        } catch (VerificationBusyException e) {
            throw OAuthError.busy(e);
        } catch (RuntimeException e) {
            // Nothing is revoked in this case; the caller can send the report again.
            LOG.error("A leak report could not be processed", e);
            throw OAuthError.unavailable();
        }
    }
}
