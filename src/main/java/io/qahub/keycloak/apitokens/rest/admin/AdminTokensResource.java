package io.qahub.keycloak.apitokens.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.ListOrder;
import io.qahub.keycloak.apitokens.http.ListParameters;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.PolicyRepresentation;
import io.qahub.keycloak.apitokens.http.RealmPolicy;
import io.qahub.keycloak.apitokens.keycloak.AfterCommit;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import io.qahub.keycloak.apitokens.model.TokenQuery.Order;
import io.qahub.keycloak.apitokens.verification.OwnerScopes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** {@code /admin/realms/{realm}/api-tokens}: views and revokes all tokens of the realm. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class AdminTokensResource {
    /** Without the name, for which a large realm has no index. */
    private static final List<Order> SORTABLE = List.of(Order.PREFIX, Order.CREATED, Order.LAST_USED, Order.EXPIRES);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminRights rights;
    private final AdminEventBuilder event;
    private final ApiTokens tokens;
    private final AdminTokens renderer;
    private final FilterParameters filters;

    AdminTokensResource(KeycloakSession session, RealmModel realm, AdminRights rights, AdminEventBuilder event) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
        this.event = event.resource("API_TOKEN");
        this.tokens = session.getProvider(ApiTokens.class);
        this.renderer = new AdminTokens(session, realm, Clock.systemUTC());
        this.filters = new FilterParameters(session, realm, Clock.systemUTC());
    }

    /** Lists a page of tokens, with the total in {@code X-Total-Count}. */
    @GET
    public Response list() {
        rights.requireList(); // before a filter, whose errors tell which scopes and users exist
        MultivaluedMap<String, String> query = session.getContext().getUri().getQueryParameters();
        TokenFilter filter = rights.viewable(filters.read(query::getFirst));
        ListParameters list = ListParameters.of(query);
        ListOrder order = ListOrder.of(query, SORTABLE);
        List<ApiToken> page =
                tokens.list(realm, new TokenQuery(filter, order.by(), order.descending(), list.first(), list.max()));
        long total = tokens.count(realm, filter);
        return uncached(Response.ok().header("X-Total-Count", total), renderer.render(page, rights));
    }

    /** Returns the policy for new tokens. */
    @GET
    @Path("policy")
    public Response policy() {
        rights.requireAnyView();
        Instant now = renderer.clock().instant();
        return uncached(Response.ok(), PolicyRepresentation.of(RealmPolicy.require(realm), now));
    }

    /** Lists the scopes that tokens may be given, and the client scopes that can become such scopes. */
    @GET
    @Path("scopes")
    public Response scopes() {
        rights.requireAnyView();
        String client = session.getContext().getUri().getQueryParameters().getFirst("client");
        List<AdminScopeRepresentation> all = new AdminScopes(session, realm, rights).all();
        return uncached(Response.ok(), client == null ? all : choosable(all, client));
    }

    /** Returns the scopes that a token of the client's service account may be given now. */
    private List<AdminScopeRepresentation> choosable(List<AdminScopeRepresentation> all, String client) {
        OwnerScopes owner = OwnerScopes.of(realm, serviceAccountTokens().owner(client));
        return all.stream()
                .filter(scope ->
                        scope.grantable() && owner.problem(scope.name()).isEmpty())
                .toList();
    }

    /** Changes whether tokens may be given a client scope, and the methods that it allows at gateways. */
    @PUT
    @Path("scopes/{id}")
    public Response updateScope(@PathParam("id") String id, InputStream body) {
        rights.requireAnyView();
        ClientScopeModel scope = Optional.ofNullable(realm.getClientScopeById(id))
                .filter(AdminScopes::isListed)
                .orElseThrow(() -> OAuthError.of(404, "not_found", "The realm has no such client scope."));
        rights.requireManage(scope);
        ScopeUpdate.read(body).apply(scope);
        event.resource(ResourceType.CLIENT_SCOPE)
                .operation(OperationType.UPDATE)
                .resourcePath("client-scopes", id)
                .representation(ModelToRepresentation.toRepresentation(scope))
                .success();
        return uncached(Response.ok(), new AdminScopes(session, realm, rights).one(scope));
    }

    /** Returns a token. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return uncached(
                Response.ok(), renderer.render(List.of(require(id)), rights).get(0));
    }

    /** Revokes a token. Responds with 204, also if it was revoked before. */
    @DELETE
    @Path("{id}")
    public Response revoke(@PathParam("id") String id) {
        ApiToken token = require(id);
        rights.requireRevoke(token.ownerId());
        if (tokens.revoke(realm, token, RevokedBy.ADMIN)) {
            sendAfterCommit(event.operation(OperationType.DELETE)
                    .resourcePath("api-tokens", id)
                    .detail("prefix", token.prefix())
                    .representation(renderer.render(token)));
        }
        return Response.noContent().build();
    }

    /** Ends the overlap of replaced secrets. Responds with 204, also if none was accepted. */
    @DELETE
    @Path("{id}/previous-secret")
    public Response endOverlap(@PathParam("id") String id) {
        ApiToken token = require(id);
        rights.requireRevoke(token.ownerId());
        if (tokens.endOverlap(realm, token, RevokedBy.ADMIN).orElseThrow(OAuthError::changedConcurrently)) {
            sendAfterCommit(event.operation(OperationType.DELETE)
                    .resourcePath("api-tokens", id, "previous-secret")
                    .detail("prefix", token.prefix()));
        }
        return Response.noContent().build();
    }

    /** Revokes tokens by ids, user or filter, or all tokens. Responds with {@code {"revoked":n,"dryRun":false}}. */
    @POST
    @Path("revoke")
    public Response revoke(InputStream body) {
        RevocationRequest request = RevocationRequest.read(body);
        int revoked = new Revocation(session, realm, rights).revoke(request, this::filter);
        RevocationResult result = new RevocationResult(revoked, request.dryRun());
        if (!request.dryRun()) {
            sendAfterCommit(event.operation(OperationType.ACTION)
                    .resourcePath("api-tokens", "revoke")
                    .representation(new RevocationRecord(request, result)));
        }
        return uncached(Response.ok(), result);
    }

    /** Shortens tokens to the maximum lifetime of the policy. Responds with {@code {"shortened":n,"dryRun":false}}. */
    @POST
    @Path("shorten")
    public Response shorten(InputStream body) {
        boolean dryRun = ExpiryShortening.isDryRun(body);
        int shortened = new ExpiryShortening(session, realm, rights).shorten(dryRun);
        ShorteningResult result = new ShorteningResult(shortened, dryRun);
        if (!dryRun) {
            sendAfterCommit(event.operation(OperationType.ACTION)
                    .resourcePath("api-tokens", "shorten")
                    .representation(result));
        }
        return uncached(Response.ok(), result);
    }

    /** A failure to store the event does not undo the revocation. */
    private void sendAfterCommit(AdminEventBuilder builder) {
        AfterCommit.inTransaction(session, "sending the admin event about API tokens", own -> builder.clone(own)
                .success());
    }

    private TokenFilter filter(JsonNode fields) {
        return filters.read(name -> fields.has(name) ? fields.get(name).asText() : null);
    }

    /** Creates a token for a client's service account. The token string is in this response only. */
    @POST
    public Response create(InputStream body) {
        return serviceAccountTokens().create(body);
    }

    private ServiceAccountTokens serviceAccountTokens() {
        return new ServiceAccountTokens(session, realm, rights, event, renderer);
    }

    private ApiToken require(String id) {
        rights.requireAnyView();
        return tokens.find(realm, id)
                .filter(token -> rights.canView(token.ownerId()) || rights.canRevoke(token.ownerId()))
                .orElseThrow(() -> OAuthError.of(404, "not_found", "The realm has no API token with this ID."));
    }

    static Response uncached(Response.ResponseBuilder response, Object entity) {
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(entity)
                .build();
    }

    record RevocationResult(int revoked, boolean dryRun) {}

    record ShorteningResult(int shortened, boolean dryRun) {}

    record RevocationRecord(RevocationRequest request, RevocationResult result) {}
}
