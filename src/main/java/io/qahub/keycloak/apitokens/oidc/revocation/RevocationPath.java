package io.qahub.keycloak.apitokens.oidc.revocation;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import jakarta.ws.rs.Path;
import java.util.regex.Pattern;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** The path of the revocation endpoint, as in Keycloak's own class for all paths of OpenID Connect. */
public final class RevocationPath {
    private static final Pattern PATH = Pattern.compile(".*/protocol/openid-connect/revoke/?");

    private final KeycloakSession session;
    private final EventBuilder event;
    private final AttemptLimit attempts;

    RevocationPath(KeycloakSession session, EventBuilder event, AttemptLimit attempts) {
        this.session = session;
        this.event = event;
        this.attempts = attempts;
    }

    /** Returns whether the request is for this path. */
    static boolean isRequested(KeycloakSession session) {
        return PATH.matcher(session.getContext().getUri().getPath()).matches();
    }

    /** Returns the endpoint. */
    @Path("revoke")
    public Object revoke() {
        return new RevocationEndpoint(session, event, attempts);
    }
}
