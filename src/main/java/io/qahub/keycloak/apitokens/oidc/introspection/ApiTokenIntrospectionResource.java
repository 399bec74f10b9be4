package io.qahub.keycloak.apitokens.oidc.introspection;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.TokenIntrospectionEndpoint;

/** {@code POST /realms/{realm}/api-tokens/introspect}: introspection (RFC 7662) of API tokens only. */
public final class ApiTokenIntrospectionResource {
    private final KeycloakSession session;

    /** Creates the resource for the session of a request. */
    public ApiTokenIntrospectionResource(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Calls Keycloak's endpoint with the hint {@code api_token}, so that its HTTPS, client authentication and policy checks
     * apply.
     */
    @POST
    public Response introspect() {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        if (!form.isEmpty()) {
            form.putSingle("token_type_hint", ApiTokenHintIntrospectionFactory.HINT);
        }
        EventBuilder event = new EventBuilder(
                session.getContext().getRealm(), session, session.getContext().getConnection());
        return new TokenIntrospectionEndpoint(session, event).introspect();
    }
}
