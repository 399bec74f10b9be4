package io.qahub.keycloak.apitokens.realm;

import io.qahub.keycloak.apitokens.account.OwnerResource;
import io.qahub.keycloak.apitokens.gateway.GatewayResource;
import io.qahub.keycloak.apitokens.introspect.ApiTokenIntrospectionResource;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import io.qahub.keycloak.apitokens.representation.ListParameters;
import io.qahub.keycloak.apitokens.selfservice.AttemptLimit;
import io.qahub.keycloak.apitokens.selfservice.LeakReportResource;
import io.qahub.keycloak.apitokens.selfservice.SelfResource;
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
@SuppressWarnings("DoNotCallSuggester") // JAX-RS calls what always refuses
public final class ApiTokensResource {
    private final KeycloakSession session;
    private final AttemptLimit attempts;

    ApiTokensResource(KeycloakSession session, AttemptLimit attempts) {
        this.session = session;
        this.attempts = attempts;
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

    /** To the token that the request presents. */
    @Path("self")
    public SelfResource self() {
        return new SelfResource(session, attempts);
    }

    /** To the reports of leaked tokens. */
    @Path("revoke")
    public LeakReportResource reportLeak() {
        return new LeakReportResource(session, attempts);
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

    /** Never called, because {@link Routes} comes first. Without it JAX-RS would answer OPTIONS itself, at the gateway endpoint too. */
    @OPTIONS
    @Path("{rest:.*}")
    public Response options() {
        throw OAuthError.noSuchPath();
    }
}
