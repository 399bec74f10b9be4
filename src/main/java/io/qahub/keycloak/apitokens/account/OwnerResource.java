package io.qahub.keycloak.apitokens.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.CreatedBy;
import io.qahub.keycloak.apitokens.model.CreatedToken;
import io.qahub.keycloak.apitokens.model.InvalidTokenRequestException;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenFilter.StatusFilter;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import io.qahub.keycloak.apitokens.model.TokenRequest;
import io.qahub.keycloak.apitokens.model.TokenStatus;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import io.qahub.keycloak.apitokens.representation.JsonBody;
import io.qahub.keycloak.apitokens.representation.RealmPolicy;
import io.qahub.keycloak.apitokens.representation.TokenRepresentation;
import io.qahub.keycloak.apitokens.representation.TokenRequestBody;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What an owner can do with their tokens; DESIGN.md, section 4.1. */
public final class OwnerResource {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Owner owner;
    private final ApiTokens tokens;
    private final Clock clock = Clock.systemUTC();

    /** Authenticates the caller of the session's request; answers 401 or 403 if that fails. */
    public OwnerResource(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.owner = Owner.authenticate(session);
        this.tokens = session.getProvider(ApiTokens.class);
    }

    /** 201 with the token string, this once. */
    public Response create(InputStream body) {
        TokenPolicy policy = RealmPolicy.require(realm);
        owner.requireIssuance(policy, clock.instant());
        try {
            JsonNode json = JsonBody.read(body, TokenRequestBody.FIELDS);
            TokenRequest request = TokenRequestBody.read(json, policy, clock.instant());
            CreatedToken created = tokens.create(realm, owner.user(), request, CreatedBy.OWNER);
            URI location = session.getContext()
                    .getUri()
                    .getAbsolutePathBuilder()
                    .path(created.token().id())
                    .build();
            return answer(Response.created(location), TokenRepresentation.of(created, clock.instant()));
        } catch (InvalidTokenRequestException e) {
            throw OAuthError.invalidRequest(e.getMessage());
        }
    }

    /** 200 with a new token string for the same token, this once. */
    public Response rotate(String id, InputStream body) {
        TokenPolicy policy = RealmPolicy.require(realm);
        owner.requireIssuance(policy, clock.instant());
        ApiToken token = require(id);
        if (token.status(clock.instant()) != TokenStatus.ACTIVE) {
            throw OAuthError.of(409, "invalid_request", "The token is not active any more; create a new one.");
        }
        try {
            RotationRequest request = RotationRequest.read(body, token, policy, clock.instant());
            CreatedToken rotated = tokens.rotate(realm, token, request.overlap(), request.expiresAt())
                    .orElseThrow(() -> OAuthError.of(409, "invalid_request", "The token has just changed; try again."));
            return answer(Response.ok(), TokenRepresentation.of(rotated, clock.instant()));
        } catch (InvalidTokenRequestException e) {
            throw OAuthError.invalidRequest(e.getMessage());
        }
    }

    /** What the realm asks of new tokens; null where it asks nothing. */
    public Response policy() {
        return answer(
                Response.ok(), PolicyRepresentation.of(RealmPolicy.require(realm), owner.client(), clock.instant()));
    }

    /** A page of the owner's tokens, the total in {@code X-Total-Count}. */
    public Response list(String search, StatusFilter status, int first, int max) {
        TokenFilter filter = TokenFilter.ofOwner(owner.user().getId(), search, status);
        List<TokenRepresentation> page = tokens.list(realm, TokenQuery.newest(filter, first, max)).stream()
                .map(token -> TokenRepresentation.of(token, clock.instant()))
                .toList();
        return answer(Response.ok().header("X-Total-Count", tokens.count(realm, filter)), page);
    }

    /** One token, or 404. */
    public Response get(String id) {
        return answer(Response.ok(), TokenRepresentation.of(require(id), clock.instant()));
    }

    /** 204 once the token is revoked on every node, also where it was before; else 404. */
    public Response revoke(String id) {
        tokens.revoke(realm, require(id), RevokedBy.OWNER);
        return Response.noContent().build();
    }

    private ApiToken require(String id) {
        return tokens.find(realm, owner.user(), id)
                .orElseThrow(() -> OAuthError.of(404, "not_found", "You have no API token of that id."));
    }

    private static Response answer(Response.ResponseBuilder response, Object entity) {
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(entity)
                .build();
    }
}
