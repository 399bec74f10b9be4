package io.qahub.keycloak.apitokens.rest.gateway;

import io.qahub.keycloak.apitokens.http.HeaderValue;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * Error responses with the Bearer challenge (RFC 6750, section 3). A 401 response also has the Basic challenge
 * (RFC 7617), without which clients such as Maven, Git and Docker do not send a token.
 */
final class Challenge {
    private final String realm;

    Challenge(RealmModel realm) {
        this.realm = "realm=\"" + HeaderValue.encode(realm.getName()) + "\"";
    }

    Response noToken() {
        // RFC 6750, section 3.1: no error code if the request contains no credentials.
        return unauthorized("Bearer " + realm, "invalid_token", "Send an API token as Authorization: Bearer.");
    }

    Response invalidToken() {
        return unauthorized(
                "invalid_token",
                "The token is not active at this API. Check that it is complete, or create a new one.");
    }

    Response tokenInQuery() {
        return unauthorized("invalid_request", "Send the token as Authorization: Bearer, not in the URL.");
    }

    Response invalidClient() {
        return unauthorized(
                "Bearer " + realm,
                "invalid_client",
                "Configure the gateway to send " + GatewayAuthenticator.HEADER
                        + ": Basic <base64 of client_id:secret>, once, for a confidential client of this realm.");
    }

    Response unauthorizedClient() {
        return unauthorized(
                "Bearer " + realm,
                "unauthorized_client",
                "Assign the client scope api-tokens to the gateway's client to let it verify API tokens.");
    }

    Response methodDenied() {
        return forbidden(
                "invalid_request",
                "The method is unknown, its header is missing, or the method headers contradict each other.",
                "");
    }

    Response insufficientScope(String scope) {
        return forbidden(
                "insufficient_scope",
                "The token has no scope that allows this request."
                        + " The required scope is in the WWW-Authenticate header.",
                ", scope=\"" + scope + "\"");
    }

    private Response unauthorized(String error, String description) {
        return unauthorized("Bearer " + realm + parameters(error, description), error, description);
    }

    private Response unauthorized(String challenge, String error, String description) {
        return builder(401, error, description)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic " + realm)
                .build();
    }

    private Response forbidden(String error, String description, String more) {
        return builder(403, error, description)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer " + realm + parameters(error, description) + more)
                .build();
    }

    private static String parameters(String error, String description) {
        return ", error=\"" + error + "\", error_description=\"" + description + "\"";
    }

    private static Response.ResponseBuilder builder(int status, String error, String description) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new OAuth2ErrorRepresentation(error, description));
    }
}
