package io.qahub.keycloak.apitokens.oidc.signin;

import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.oidc.ClientLimits;
import io.qahub.keycloak.apitokens.oidc.RequestedScopes;
import io.qahub.keycloak.apitokens.verification.ResourceServers;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.SortedSet;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** The direct grant (RFC 6749, section 4.3), with the API token as the password. */
record DirectGrantContext(AuthenticationFlowContext context, TokenSignIn signIn) implements SignInContext {
    @Override
    public Credentials credentials() {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        return Credentials.of(form.getFirst("username"), form.getFirst("password"));
    }

    @Override
    public Optional<String> rejectionReason() {
        ClientModel client = context.getAuthenticationSession().getClient();
        return ResourceServers.includes(client)
                ? ClientLimits.directGrantRejectionReason(client)
                : Optional.of("Assign the client scope api-tokens to this client.");
    }

    @Override
    public Optional<SortedSet<String>> grant(Verification.Active active) {
        String requested = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.SCOPE_PARAM);
        return RequestedScopes.grant(requested, active.scopes().names());
    }

    @Override
    public void accepted(Verification.Active active, SortedSet<String> scopes) {
        signIn.grant(active, scopes);
    }

    @Override
    public Optional<Response> challenge() {
        return Optional.empty();
    }

    @Override
    public Response errorResponse(String error, String description) {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OAuth2ErrorRepresentation(error, description))
                .build();
    }
}
