package io.qahub.keycloak.apitokens.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.AttemptLimit;
import io.qahub.keycloak.apitokens.http.IdempotencyKey;
import io.qahub.keycloak.apitokens.http.ImpersonatorCheck;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.ListOrder;
import io.qahub.keycloak.apitokens.http.ListParameters;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.OrganizationField;
import io.qahub.keycloak.apitokens.http.OrganizationRepresentation;
import io.qahub.keycloak.apitokens.http.PolicyRepresentation;
import io.qahub.keycloak.apitokens.http.RealmPolicy;
import io.qahub.keycloak.apitokens.http.ScopeRepresentation;
import io.qahub.keycloak.apitokens.http.TokenRenderer;
import io.qahub.keycloak.apitokens.http.TokenRepresentation;
import io.qahub.keycloak.apitokens.http.TokenRequestBody;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.CreatedBy;
import io.qahub.keycloak.apitokens.model.CreatedToken;
import io.qahub.keycloak.apitokens.model.RequestKey;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import io.qahub.keycloak.apitokens.model.TokenRequest;
import io.qahub.keycloak.apitokens.oidc.introspection.ApiTokenIntrospectionResource;
import io.qahub.keycloak.apitokens.rest.gateway.GatewayResource;
import io.qahub.keycloak.apitokens.rest.github.GithubKeys;
import io.qahub.keycloak.apitokens.rest.github.GithubReportResource;
import io.qahub.keycloak.apitokens.rest.self.LeakReportResource;
import io.qahub.keycloak.apitokens.rest.self.SelfResource;
import io.qahub.keycloak.apitokens.verification.OwnerScopes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code /realms/{realm}/api-tokens}: an owner's tokens, and the paths of the other endpoints. */
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("DoNotCallSuggester") // JAX-RS calls options()
public final class ApiTokensResource {
    private final KeycloakSession session;
    private final AttemptLimit attempts;
    private final GithubKeys githubKeys;
    private final RealmModel realm;
    private final Clock clock = Clock.systemUTC();

    ApiTokensResource(KeycloakSession session, AttemptLimit attempts, GithubKeys githubKeys) {
        this.session = session;
        this.attempts = attempts;
        this.githubKeys = githubKeys;
        this.realm = session.getContext().getRealm();
    }

    /** Returns the introspection endpoint. */
    @Path("introspect")
    public ApiTokenIntrospectionResource introspect() {
        return new ApiTokenIntrospectionResource(session);
    }

    /** Returns the gateway endpoint. */
    @Path("authorize{rest:(/.*)?}")
    public GatewayResource authorize() {
        return GatewayResource.of(session);
    }

    /** Returns the endpoint for the token that authenticates the request. */
    @Path("self")
    public SelfResource self() {
        return new SelfResource(session, attempts);
    }

    /** Returns the endpoint for reports of leaked tokens. */
    @Path("revoke")
    public LeakReportResource reportLeak() {
        return new LeakReportResource(session, attempts);
    }

    /** Returns the endpoint for the messages of GitHub's secret scanning. */
    @Path("revoke/github")
    public GithubReportResource reportFromGithub() {
        return new GithubReportResource(session, attempts, githubKeys);
    }

    /** Creates a token. Responds with 201 and the token string, in this response only. */
    @POST
    public Response create(InputStream body) {
        Owner owner = Owner.authenticate(session);
        TokenPolicy policy = requireIssuance(owner);
        JsonNode json = JsonBody.read(body, TokenRequestBody.FIELDS);
        TokenRequest request = TokenRequestBody.read(session, json, policy, owner.user(), clock.instant());
        CreatedToken created = IdempotencyKey.createOnce(
                        session,
                        () -> OAuthError.unavailableIfBusy(
                                () -> tokens().create(realm, owner.user(), request, CreatedBy.OWNER)))
                .orElseThrow(() -> OAuthError.invalidToken("The user of the access token does not exist any more."));
        URI location = session.getContext()
                .getUri()
                .getAbsolutePathBuilder()
                .path(created.token().id())
                .build();
        return uncached(Response.created(location), renderer(owner).render(created));
    }

    /** Lists a page of the owner's tokens, by default newest first, with the total in {@code X-Total-Count}. */
    @GET
    public Response list() {
        Owner owner = Owner.authenticate(session);
        MultivaluedMap<String, String> query = session.getContext().getUri().getQueryParameters();
        ListParameters list = ListParameters.of(query);
        ListOrder order = ListOrder.of(query, List.of(TokenQuery.Order.values()));
        TokenFilter filter = TokenFilter.ofOwner(owner.user().getId(), list.search(), list.status());
        TokenQuery page = new TokenQuery(filter, order.by(), order.descending(), list.first(), list.max());
        TokenRenderer renderer = renderer(owner);
        List<TokenRepresentation> found =
                tokens().list(realm, page).stream().map(renderer::render).toList();
        return uncached(Response.ok().header("X-Total-Count", tokens().count(realm, filter)), found);
    }

    /** Returns the policy for new tokens, and the scopes that the owner may choose. */
    @GET
    @Path("policy")
    public Response policy() {
        Owner owner = Owner.authenticate(session);
        TokenPolicy policy = RealmPolicy.require(realm);
        return uncached(
                Response.ok(),
                PolicyRepresentation.of(policy, clock.instant())
                        .forOwner(
                                owner.usesAllowedClient(policy),
                                ImpersonatorCheck.find(session).isPresent(),
                                ScopeRepresentation.ofOwner(session, realm, owner.user()),
                                OrganizationRepresentation.ofOwner(session, owner.user())));
    }

    /** Replaces the secret of a token. Responds with 200 and the new token string, in this response only. */
    @POST
    @Path("{id}/rotate")
    public Response rotate(@PathParam("id") String id, InputStream body) {
        Owner owner = Owner.authenticate(session);
        TokenPolicy policy = requireIssuance(owner);
        ApiToken token = require(owner, id);
        if (token.revokedAt() != null) {
            throw OAuthError.of(409, "invalid_request", "The token is revoked; create a new one.");
        }
        RotationRequest request = RotationRequest.read(body, token, policy, clock.instant());
        requireScopes(owner, token);
        OrganizationField.require(session, token, policy, owner.user());
        RequestKey key = IdempotencyKey.read(session, owner.user());
        CreatedToken rotated = IdempotencyKey.rotateOnce(() -> OAuthError.unavailableIfBusy(
                        () -> tokens().rotate(realm, token, request.overlap(), request.expiresAt(), key)))
                .orElseThrow(OAuthError::changedConcurrently);
        return uncached(Response.ok(), renderer(owner).render(rotated));
    }

    /** Returns a token. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Owner owner = Owner.authenticate(session);
        return uncached(Response.ok(), renderer(owner).render(require(owner, id)));
    }

    /** Changes the name, description or allowed networks of a token, without a new secret. */
    @PATCH
    @Path("{id}")
    public Response edit(@PathParam("id") String id, InputStream body) {
        Owner owner = Owner.authenticate(session);
        TokenPolicy policy = requireIssuance(owner);
        ApiToken token = require(owner, id);
        EditRequest request = EditRequest.read(body, token, policy);
        ApiToken edited = tokens().edit(realm, token, request.texts(), request.networks())
                .orElseThrow(() ->
                        OAuthError.of(409, "invalid_request", "The token is revoked and can no longer be edited."));
        return uncached(Response.ok(), renderer(owner).render(edited));
    }

    /** Revokes a token. Responds with 204 once it is revoked on every node, also if it was revoked before. */
    @DELETE
    @Path("{id}")
    public Response revoke(@PathParam("id") String id) {
        tokens().revoke(realm, require(Owner.idForRevocation(session), id), RevokedBy.OWNER);
        return Response.noContent().build();
    }

    /** Ends the overlap of replaced secrets. Responds with 204 once no node accepts them, also if none was accepted. */
    @DELETE
    @Path("{id}/previous-secret")
    public Response endOverlap(@PathParam("id") String id) {
        ApiToken token = require(Owner.idForRevocation(session), id);
        if (tokens().endOverlap(realm, token, RevokedBy.OWNER).isEmpty()) {
            throw OAuthError.changedConcurrently();
        }
        return Response.noContent().build();
    }

    private TokenRenderer renderer(Owner owner) {
        return new TokenRenderer(session, realm, clock, owner.user());
    }

    private TokenPolicy requireIssuance(Owner owner) {
        ImpersonatorCheck.requireNone(session, realm, owner.user());
        TokenPolicy policy = RealmPolicy.require(realm);
        owner.requireIssuance(policy, clock.instant());
        return policy;
    }

    /** A rotated token must not have more scopes than a new one could. */
    private void requireScopes(Owner owner, ApiToken token) {
        OwnerScopes scopes = OwnerScopes.of(realm, owner.user());
        token.scopes().stream()
                .filter(name -> scopes.problem(name).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw OAuthError.invalidRequest("You may no longer choose the scope " + name
                            + ", which this token has; create a new token with other scopes.");
                });
    }

    private ApiToken require(Owner owner, String id) {
        return require(owner.user().getId(), id);
    }

    private ApiToken require(String ownerId, String id) {
        return tokens().find(realm, id)
                .filter(token -> token.ownerId().equals(ownerId))
                .orElseThrow(() -> OAuthError.of(404, "not_found", "You have no API token with this ID."));
    }

    private ApiTokens tokens() {
        return session.getProvider(ApiTokens.class);
    }

    private static Response uncached(Response.ResponseBuilder response, Object entity) {
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(entity)
                .build();
    }

    /** Responds to preflight requests of browsers (CORS). {@link MethodGuard} rejects all other OPTIONS requests. */
    @OPTIONS
    @Path("{rest:.*}")
    public Response options() {
        return OwnerCors.preflight(session);
    }
}
