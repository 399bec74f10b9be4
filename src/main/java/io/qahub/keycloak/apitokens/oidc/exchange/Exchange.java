package io.qahub.keycloak.apitokens.oidc.exchange;

import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.oidc.ClientLimits;
import io.qahub.keycloak.apitokens.oidc.RequestedScopes;
import io.qahub.keycloak.apitokens.oidc.RestrictedAccessToken;
import io.qahub.keycloak.apitokens.verification.ResourceServers;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;

/** An exchange of an API token for an access token (RFC 8693). */
final class Exchange {
    private static final List<String> UNSUPPORTED = List.of(
            OAuth2Constants.ACTOR_TOKEN,
            OAuth2Constants.ACTOR_TOKEN_TYPE,
            OAuth2Constants.RESOURCE,
            OAuth2Constants.REQUESTED_SUBJECT,
            OAuth2Constants.REQUESTED_ISSUER,
            OAuth2Constants.SUBJECT_ISSUER);
    /** RFC 8693, section 2.2.2. */
    private static final String INVALID_TARGET = "invalid_target";

    private static final Set<String> REQUESTED_TYPES =
            Set.of(OAuth2Constants.ACCESS_TOKEN_TYPE, OAuth2Constants.JWT_TOKEN_TYPE);

    private final TokenExchangeContext context;
    private final KeycloakSession session;
    private final ClientModel client;
    private final EventBuilder event;
    private final VerificationRequest request;

    Exchange(TokenExchangeContext context) {
        this.context = context;
        this.session = context.getSession();
        this.client = context.getClient();
        this.event = context.getEvent();
        this.request = new VerificationRequest(session, event);
    }

    Response respond() {
        requireClient();
        requireParameters();
        Verification.Active active = request.verify(context.getParams().getSubjectToken(), client)
                .orElseThrow(() -> error(OAuthErrorException.INVALID_REQUEST, "The subject token is not active."));
        List<ClientModel> audience = audience();
        EffectiveScopes scopes = scopes(active.scopes(), audience);
        return respond(request.getOrUnavailable(() -> RestrictedAccessToken.of(
                session,
                SecretGenerator.getInstance().generateSecureID(),
                active,
                scopes,
                audience.stream().map(ClientModel::getClientId).toList())));
    }

    /** Returns the requested scopes. All must be valid at each client of the audience, and at the calling client itself. */
    private EffectiveScopes scopes(EffectiveScopes atCaller, List<ClientModel> audience) {
        EffectiveScopes everywhere = atCaller;
        for (ClientModel target : audience) {
            everywhere = ResourceServers.goodAt(target, everywhere);
        }
        if (everywhere.names().isEmpty()) {
            throw refuse(
                    Errors.INVALID_REQUEST,
                    INVALID_TARGET,
                    "The API token has no scope that is valid at both this client and the audience.");
        }
        return RequestedScopes.grant(context.getParams().getScope(), everywhere.names())
                .map(everywhere::retain)
                .orElseThrow(() -> refuse(
                        Errors.INVALID_REQUEST,
                        OAuthErrorException.INVALID_SCOPE,
                        "The API token lacks a requested scope."));
    }

    private Response respond(AccessToken token) {
        AccessTokenResponse response = RestrictedAccessToken.tokenResponse(session, token);
        response.setOtherClaims(OAuth2Constants.ISSUED_TOKEN_TYPE, OAuth2Constants.ACCESS_TOKEN_TYPE);
        event.detail(Details.TOKEN_ID, token.getId()).detail(Details.SCOPE, token.getScope());
        event.detail(Details.AUDIENCE, String.join(" ", token.getAudience()));
        request.accepted();
        return context.getCors().add(Response.ok(response, MediaType.APPLICATION_JSON_TYPE));
    }

    private void requireClient() {
        if (client.isPublicClient()) {
            throw refuse(
                    Errors.INVALID_CLIENT,
                    OAuthErrorException.UNAUTHORIZED_CLIENT,
                    "Only confidential clients can exchange API tokens.");
        }
        if (!request.isAllowed(client)) {
            throw error(OAuthErrorException.UNAUTHORIZED_CLIENT, "Assign the client scope api-tokens to this client.");
        }
        ClientLimits.rejectionReason(client).ifPresent(reason -> {
            throw refuse(Errors.NOT_ALLOWED, OAuthErrorException.UNAUTHORIZED_CLIENT, reason);
        });
    }

    private void requireParameters() {
        if (!ApiTokenExchange.TYPE.equals(context.getParams().getSubjectTokenType())) {
            throw refuse("The subject_token_type of an API token must be " + ApiTokenExchange.TYPE + ".");
        }
        UNSUPPORTED.stream()
                .filter(context.getFormParams()::containsKey)
                .findFirst()
                .ifPresent(name -> {
                    throw refuse("The parameter " + name + " is not supported for API tokens.");
                });
        String requested = context.getParams().getRequestedTokenType();
        if (requested != null && !REQUESTED_TYPES.contains(requested)) {
            throw refuse("An API token can be exchanged only for an access token.");
        }
    }

    /** Returns the requested resource servers, or the calling client if none is requested. */
    private List<ClientModel> audience() {
        List<String> requested = context.getParams().getAudience();
        return requested == null
                ? List.of(client)
                : requested.stream().map(this::target).toList();
    }

    private ClientModel target(String clientId) {
        return Optional.ofNullable(context.getRealm().getClientByClientId(clientId))
                .filter(target -> target.isEnabled() && ResourceServers.includes(target))
                .orElseThrow(() -> refuse(
                        Errors.INVALID_REQUEST,
                        INVALID_TARGET,
                        "The audience must be a client with the client scope api-tokens."));
    }

    private CorsErrorResponseException refuse(String description) {
        return refuse(Errors.INVALID_REQUEST, OAuthErrorException.INVALID_REQUEST, description);
    }

    private CorsErrorResponseException refuse(String eventError, String error, String description) {
        request.refused(eventError, description);
        return error(error, description);
    }

    private CorsErrorResponseException error(String error, String description) {
        return new CorsErrorResponseException(context.getCors(), error, description, Response.Status.BAD_REQUEST);
    }
}
