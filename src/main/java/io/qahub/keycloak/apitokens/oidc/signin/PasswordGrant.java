package io.qahub.keycloak.apitokens.oidc.signin;

import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.oidc.RestrictedAccessToken;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ResourceOwnerPasswordCredentialsGrantType;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;

/** Keycloak's direct grant. Responds with a restricted access token if the user signed in with an API token. */
final class PasswordGrant extends ResourceOwnerPasswordCredentialsGrantType {
    @Override
    public Response process(Context context) {
        requireNoTokenAsUsername(context);
        TokenSignIn signIn = TokenSignIn.start(context.getSession());
        Response response = process(context, signIn);
        if (response.getStatus() != Response.Status.OK.getStatusCode()) {
            return response;
        }
        return signIn.granted()
                .map(granted -> restrict(context.getSession(), response, granted))
                .orElse(response);
    }

    /** Keycloak first creates an access token of its own, with the client's mappers, which may fail. */
    private Response process(Context context, TokenSignIn signIn) {
        try {
            return super.process(context);
        } catch (WebApplicationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw signIn.granted().isPresent() ? OAuthError.failed(e) : e;
        }
    }

    /** Rejects tokens sent as the username, which Keycloak would write to its events. */
    private static void requireNoTokenAsUsername(Context context) {
        if (Credentials.of(context.getFormParams().getFirst("username"), null).hasTokenAsUsername()) {
            context.getEvent()
                    .detail(Details.REASON, "the username field contains an API token")
                    .error(Errors.INVALID_USER_CREDENTIALS);
            throw new CorsErrorResponseException(
                    context.getCors(),
                    OAuthErrorException.INVALID_GRANT,
                    "Invalid user credentials",
                    Response.Status.BAD_REQUEST);
        }
    }

    private static Response restrict(KeycloakSession session, Response response, TokenSignIn.Granted granted) {
        String id = id((AccessTokenResponse) response.getEntity());
        List<String> audience = List.of(session.getContext().getClient().getClientId());
        EffectiveScopes scopes = granted.active().scopes().retain(granted.scopes());
        AccessToken token = OAuthError.unavailableIfFailed(
                () -> RestrictedAccessToken.of(session, id, granted.active(), scopes, audience));
        return Response.fromResponse(response)
                .entity(RestrictedAccessToken.tokenResponse(session, token))
                .build();
    }

    /** Returns the token id that Keycloak's event contains. */
    private static String id(AccessTokenResponse response) {
        try {
            return new JWSInput(response.getToken())
                    .readJsonContent(AccessToken.class)
                    .getId();
        } catch (JWSInputException e) {
            throw new IllegalStateException("Keycloak's access token is not a JWT", e);
        }
    }
}
