package io.qahub.keycloak.apitokens.gateway;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** {@code /realms/{realm}/api-tokens/authorize}: every method and sub-path ends up at the same question. */
public final class GatewayResource {
    private final KeycloakSession session;

    private GatewayResource(KeycloakSession session) {
        this.session = session;
    }

    /** Returns the resource; a method that JAX-RS has no name for, and that no token allows, is answered here and now. */
    public static GatewayResource of(KeycloakSession session) {
        if (!OriginalMethod.isKnown(session.getContext().getHttpRequest().getHttpMethod())) {
            throw new ErrorResponseException(new GatewayAuthorization(session).answer());
        }
        return new GatewayResource(session);
    }

    /** IntrospectionResponses 200, 401 or 403. */
    @GET
    public Response get() {
        return answer();
    }

    /** IntrospectionResponses 200, 401 or 403. */
    @OPTIONS
    public Response options() {
        return answer();
    }

    /** IntrospectionResponses 200, 401 or 403. */
    @POST
    public Response post() {
        return answer();
    }

    /** IntrospectionResponses 200, 401 or 403. */
    @PUT
    public Response put() {
        return answer();
    }

    /** IntrospectionResponses 200, 401 or 403. */
    @PATCH
    public Response patch() {
        return answer();
    }

    /** IntrospectionResponses 200, 401 or 403. */
    @DELETE
    public Response delete() {
        return answer();
    }

    private Response answer() {
        return new GatewayAuthorization(session).answer();
    }
}
