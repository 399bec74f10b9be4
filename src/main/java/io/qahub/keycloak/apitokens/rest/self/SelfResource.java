package io.qahub.keycloak.apitokens.rest.self;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.PresentedToken;
import io.qahub.keycloak.apitokens.http.TokenRenderer;
import io.qahub.keycloak.apitokens.http.TokenRepresentation;
import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.Verification;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code /realms/{realm}/api-tokens/self}: the API token that authenticates the request. */
public final class SelfResource {
    private final KeycloakSession session;
    private final AttemptLimit attempts;
    private final RealmModel realm;
    private final ApiTokens tokens;
    private final Clock clock = Clock.systemUTC();

    /** Creates the resource for the session of a request. */
    public SelfResource(KeycloakSession session, AttemptLimit attempts) {
        this.session = session;
        this.attempts = attempts;
        this.realm = session.getContext().getRealm();
        this.tokens = session.getProvider(ApiTokens.class);
    }

    /** Returns the metadata of the token, as its owner sees it. */
    @GET
    public Response get() {
        Verification.Active active = require();
        // Verification may use a cached token with an outdated last use.
        ApiToken current = tokens.find(realm, active.token().id()).orElseThrow(SelfResource::refusal);
        TokenRepresentation token = new TokenRenderer(session, realm, clock, active.owner()).render(current);
        return Response.ok(token, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Revokes the token. Responds with 204 once it is revoked on every node, whatever the state of its owner. */
    @DELETE
    public Response revoke() {
        VerificationRequest request = request();
        Optional<ApiToken> token = request.findActiveBySecret(presented());
        if (token.isEmpty()) {
            attempts.count(session, 1);
            throw refusal();
        }
        tokens.revoke(realm, token.get(), RevokedBy.HOLDER);
        return Response.noContent().build();
    }

    private Verification.Active require() {
        Optional<Verification.Active> active = request().verifyForHolder(presented());
        if (active.isEmpty()) {
            attempts.count(session, 1);
            throw refusal();
        }
        return active.get();
    }

    private VerificationRequest request() {
        attempts.count(session, 0);
        return new VerificationRequest(
                session,
                new EventBuilder(realm, session, session.getContext().getConnection())
                        .event(EventType.INTROSPECT_TOKEN)
                        .detail("endpoint", "self"));
    }

    private String presented() {
        return PresentedToken.of(session.getContext().getHttpRequest().getHttpHeaders())
                .orElse("");
    }

    private static RuntimeException refusal() {
        return OAuthError.invalidToken("Send an active API token as Authorization: Bearer.");
    }
}
