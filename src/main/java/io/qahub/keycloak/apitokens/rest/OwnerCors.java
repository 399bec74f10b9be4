package io.qahub.keycloak.apitokens.rest;

import io.qahub.keycloak.apitokens.http.IdempotencyKey;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.PresentedToken;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.WebOriginsUtils;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;
import org.keycloak.services.cors.Cors;

/**
 * Cross-origin requests from browsers (CORS) to the owner's resource, as in Keycloak's account API: the web origins of
 * the access token's client are allowed.
 */
final class OwnerCors {
    private OwnerCors() {}

    /** Returns whether the request is a preflight request to the owner's resource. */
    static boolean isPreflight(KeycloakSession session) {
        return session.getContext().getHttpRequest().getHttpMethod().equals(HttpMethod.OPTIONS)
                && MethodGuard.isOwnersPath(session);
    }

    /** Responds to a preflight request, which has no access token, from any origin. */
    static Response preflight(KeycloakSession session) {
        Response response = Cors.builder()
                .auth()
                .allowedMethods(HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE)
                .preflight()
                .add(Response.ok());
        session.getContext().getHttpResponse().addHeader(Cors.ACCESS_CONTROL_ALLOW_HEADERS, IdempotencyKey.HEADER);
        return response;
    }

    /**
     * Adds headers to the response, even if it is an error. Responds with 403 if the origin is not allowed. An access
     * token that has expired allows the same origins, so that a page can read the error. Without an access token of the
     * realm, no other origin is allowed to read the response.
     */
    static void apply(KeycloakSession session) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        String origin = headers.getHeaderString(Cors.ORIGIN_HEADER);
        if (origin == null) {
            return;
        }
        Optional<ClientModel> client = PresentedToken.of(headers)
                .map(token -> session.tokens().decode(token, AccessToken.class))
                .filter(token -> issuer(session).equals(token.getIssuer())) // realms may have the same keys
                .map(AccessToken::getIssuedFor)
                .map(session.getContext().getRealm()::getClientByClientId);
        client.ifPresent(known -> apply(session, origin, WebOriginsUtils.resolveValidWebOrigins(session, known)));
    }

    private static String issuer(KeycloakSession session) {
        return Urls.realmIssuer(
                session.getContext().getUri().getBaseUri(),
                session.getContext().getRealm().getName());
    }

    private static void apply(KeycloakSession session, String origin, Set<String> allowed) {
        if (allowed.contains(origin) || allowed.contains(Cors.ACCESS_CONTROL_ALLOW_ORIGIN_WILDCARD)) {
            // The method for the origins of a client has another name before Keycloak 26.7.4; this sends the same.
            Cors.builder()
                    .allowAllOrigins()
                    .auth()
                    .exposedHeaders("X-Total-Count", HttpHeaders.LOCATION, HttpHeaders.WWW_AUTHENTICATE)
                    .add();
        } else if (!origin.equals(
                UriUtils.getOrigin(session.getContext().getUri().getRequestUri()))) {
            throw OAuthError.of(
                    403, "access_denied", "Add this origin to the Web origins of the access token's client.");
        }
    }
}
