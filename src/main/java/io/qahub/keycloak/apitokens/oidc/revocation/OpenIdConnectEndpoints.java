package io.qahub.keycloak.apitokens.oidc.revocation;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.Path;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.endpoints.TokenRevocationEndpoint;

/** Keycloak's endpoints, except for the revocation of {@code qh_} strings. */
public final class OpenIdConnectEndpoints extends OIDCLoginProtocolService {
    private final KeycloakSession session;
    private final EventBuilder event;
    private final AttemptLimit attempts;

    OpenIdConnectEndpoints(KeycloakSession session, EventBuilder event, AttemptLimit attempts) {
        super(session, event);
        this.session = session;
        this.event = event;
        this.attempts = attempts;
    }

    @Override
    @Path("revoke")
    public Object revoke() {
        String token = session.getContext()
                .getHttpRequest()
                .getDecodedFormParameters()
                .getFirst(TokenRevocationEndpoint.PARAM_TOKEN);
        return token != null && token.startsWith(TokenString.SCHEME)
                ? new ApiTokenRevocation(session, event, attempts, token)
                : super.revoke();
    }
}
