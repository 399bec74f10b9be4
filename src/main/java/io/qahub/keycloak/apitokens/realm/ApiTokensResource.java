package io.qahub.keycloak.apitokens.realm;

import io.qahub.keycloak.apitokens.account.OwnerResource;
import io.qahub.keycloak.apitokens.gateway.GatewayResource;
import io.qahub.keycloak.apitokens.introspect.ApiTokenIntrospectionResource;
import io.qahub.keycloak.apitokens.representation.ListParameters;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;

/** The paths below {@code /realms/{realm}/api-tokens}. */
@Produces(MediaType.APPLICATION_JSON)
public final class ApiTokensResource {
    private final KeycloakSession session;

    ApiTokensResource(KeycloakSession session) {
        this.session = session;
    }

    /** To the introspection door. */
    @Path("introspect")
    public ApiTokenIntrospectionResource introspect() {
        return new ApiTokenIntrospectionResource(session);
    }

    /** To the gateway door. */
    @Path("authorize{rest:(/.*)?}")
    public GatewayResource authorize() {
        return GatewayResource.of(session);
    }

    /** Creates a token. */
    @POST
    public Response create(InputStream body) {
        return new OwnerResource(session).create(body);
    }

    /** Lists the owner's tokens. */
    @GET
    public Response list() {
        OwnerResource owner = new OwnerResource(session);
        ListParameters page = ListParameters.of(session.getContext().getUri().getQueryParameters());
        return owner.list(page.search(), page.status(), page.first(), page.max());
    }

    /** What the realm asks of new tokens. */
    @GET
    @Path("policy")
    public Response policy() {
        return new OwnerResource(session).policy();
    }

    /** Gives a token a new secret. */
    @POST
    @Path("{id}/rotate")
    public Response rotate(@PathParam("id") String id, InputStream body) {
        return new OwnerResource(session).rotate(id, body);
    }

    /** Retrieves a token. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return new OwnerResource(session).get(id);
    }

    /** Revokes a token. */
    @DELETE
    @Path("{id}")
    public Response revoke(@PathParam("id") String id) {
        return new OwnerResource(session).revoke(id);
    }

    /** Without a method of this name JAX-RS would answer 200 to OPTIONS at every path, that of the gateway door included. */
    @OPTIONS
    public Response options() {
        return Response.noContent().build();
    }
}
