package io.qahub.keycloak.apitokens.realm;

import io.qahub.keycloak.apitokens.account.OwnerResource;
import io.qahub.keycloak.apitokens.gateway.GatewayResource;
import io.qahub.keycloak.apitokens.introspect.ApiTokenIntrospectionResource;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import io.qahub.keycloak.apitokens.representation.ListParameters;
import io.qahub.keycloak.apitokens.selfservice.LeakReportResource;
import io.qahub.keycloak.apitokens.selfservice.SelfResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;

/** The paths below {@code /realms/{realm}/api-tokens}. */
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("DoNotCallSuggester") // JAX-RS calls what always refuses
public final class ApiTokensResource {
    private final KeycloakSession session;
    private final Routes routes;

    ApiTokensResource(KeycloakSession session) {
        this.session = session;
        this.routes = new Routes(session);
    }

    /** To the introspection door. */
    @Path("introspect")
    public ApiTokenIntrospectionResource introspect() {
        routes.require("introspect", "POST");
        return new ApiTokenIntrospectionResource(session);
    }

    /** To the gateway door. */
    @Path("authorize{rest:(/.*)?}")
    public GatewayResource authorize() {
        return GatewayResource.of(session);
    }

    /** To the token that the request presents. */
    @Path("self")
    public SelfResource self() {
        routes.require("self", "GET", "HEAD", "DELETE");
        return new SelfResource(session);
    }

    /** To the reports of leaked tokens. */
    @Path("revoke")
    public LeakReportResource reportLeak() {
        routes.require("revoke", "POST");
        return new LeakReportResource(session);
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

    /** Not served; and without a method of this name JAX-RS would answer 200 at every path, that of the gateway door included. */
    @OPTIONS
    @Path("{rest:.*}")
    public Response options(@PathParam("rest") String rest) {
        throw Routes.refusal(rest);
    }

    /** Not served. */
    @PUT
    @Path("{rest:.*}")
    public Response put(@PathParam("rest") String rest) {
        throw Routes.refusal(rest);
    }

    /** Not served. */
    @PATCH
    @Path("{rest:.*}")
    public Response patch(@PathParam("rest") String rest) {
        throw Routes.refusal(rest);
    }

    /** Not served. */
    @DELETE
    public Response delete() {
        throw Routes.refusal("");
    }

    /** Not served. */
    @POST
    @Path("{id}")
    public Response post(@PathParam("id") String id) {
        throw Routes.refusal(id);
    }

    /** Not served, whatever the method. */
    @Path("{id}/{rest:.+}")
    public Object unknown() {
        throw OAuthError.noSuchPath();
    }
}
