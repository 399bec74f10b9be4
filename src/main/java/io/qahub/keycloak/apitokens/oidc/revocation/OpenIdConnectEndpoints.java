package io.qahub.keycloak.apitokens.oidc.revocation;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import jakarta.ws.rs.Path;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;

/** Keycloak's endpoints, except for {@code revoke}. */
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
        return new RevocationEndpoint(session, event, attempts);
    }
}
