package io.qahub.keycloak.apitokens.realm;

import io.qahub.keycloak.apitokens.account.OwnerResource;
import io.qahub.keycloak.apitokens.introspect.ApiTokenIntrospectionResource;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;

/** The paths below {@code /realms/{realm}/api-tokens}. */
@Produces(MediaType.APPLICATION_JSON)
public final class ApiTokensResource {
    private static final int LARGEST_PAGE = 1000;

    private final KeycloakSession session;

    ApiTokensResource(KeycloakSession session) {
        this.session = session;
    }

    /** To the introspection door. */
    @Path("introspect")
    public ApiTokenIntrospectionResource introspect() {
        return new ApiTokenIntrospectionResource(session);
    }

    /** Creates a token. */
    @POST
    public Response create(InputStream body) {
        return new OwnerResource(session).create(body);
    }

    /** Lists the owner's tokens. */
    @GET
    public Response list(
            @QueryParam("search") String search,
            @QueryParam("status") String status,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue("50") String max) {
        OwnerResource owner = new OwnerResource(session);
        TokenQuery.StatusFilter filter = TokenQuery.StatusFilter.of(status)
                .orElseThrow(() -> OAuthError.invalidRequest("status is one of active, expired, revoked, all."));
        String text = search == null || search.isBlank() ? null : search.strip();
        int size = Math.min(number("max", max), LARGEST_PAGE);
        return owner.list(new TokenQuery(text, filter, number("first", first), size));
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

    private static int number(String name, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw OAuthError.invalidRequest(name + " must be a whole number from 0 to 2147483647.");
    }
}
