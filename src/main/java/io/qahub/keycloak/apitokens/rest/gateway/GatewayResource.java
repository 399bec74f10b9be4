package io.qahub.keycloak.apitokens.rest.gateway;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** {@code /realms/{realm}/api-tokens/authorize} and all paths below it: authorizes requests of any method. */
public final class GatewayResource {
    private final KeycloakSession session;

    private GatewayResource(KeycloakSession session) {
        this.session = session;
    }

    /** Returns the resource. Rejects methods that no token allows, because JAX-RS cannot dispatch all of them. */
    public static GatewayResource of(KeycloakSession session) {
        if (!OriginalMethod.isKnown(session.getContext().getHttpRequest().getHttpMethod())) {
            throw new ErrorResponseException(new GatewayAuthorization(session).respond());
        }
        return new GatewayResource(session);
    }

    /** Responds with 200, 401 or 403. */
    @GET
    public Response get() {
        return respond();
    }

    /** Responds with 200, 401 or 403. */
    @OPTIONS
    public Response options() {
        return respond();
    }

    /** Responds with 200, 401 or 403. */
    @POST
    public Response post() {
        return respond();
    }

    /** Responds with 200, 401 or 403. */
    @PUT
    public Response put() {
        return respond();
    }

    /** Responds with 200, 401 or 403. */
    @PATCH
    public Response patch() {
        return respond();
    }

    /** Responds with 200, 401 or 403. */
    @DELETE
    public Response delete() {
        return respond();
    }

    private Response respond() {
        return new GatewayAuthorization(session).respond();
    }
}
