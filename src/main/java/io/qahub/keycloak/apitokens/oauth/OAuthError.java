package io.qahub.keycloak.apitokens.oauth;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;

/** Errors as {@code {"error","error_description"}} (RFC 6749, section 5.2; RFC 6750, section 3.1); each rolls back. */
public final class OAuthError {
    private OAuthError() {}

    /** 400: the request cannot be met as it stands. */
    public static ErrorResponseException invalidRequest(String description) {
        return of(400, "invalid_request", description);
    }

    /** 401 with the Bearer challenge. */
    public static ErrorResponseException invalidToken(String description) {
        return new ErrorResponseException(builder(401, "invalid_token", description)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                .build());
    }

    /** 401 that asks for a sign-in no older than {@code maxAge} seconds (RFC 9470). */
    public static ErrorResponseException insufficientAuthentication(int maxAge) {
        String code = "insufficient_user_authentication";
        String description = "Sign in again, then repeat this.";
        String challenge =
                "Bearer error=\"%s\", error_description=\"%s\", max_age=\"%d\"".formatted(code, description, maxAge);
        return new ErrorResponseException(builder(401, code, description)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build());
    }

    /** 503: there is no verdict now, which is no verdict. */
    public static ErrorResponseException unavailable() {
        return of(503, "temporarily_unavailable", "The token cannot be verified now. Try again.");
    }

    /** 429: no more from this address, or for now. */
    public static ErrorResponseException tooManyRequests(int retryAfterSeconds) {
        return new ErrorResponseException(
                builder(429, "temporarily_unavailable", "Too many tokens were sent. Try again later.")
                        .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds)
                        .build());
    }

    /** 404: nothing is served under that path. */
    public static ErrorResponseException noSuchPath() {
        return of(404, "not_found", "There is nothing under this path.");
    }

    /** 405: the path is served, for these methods. */
    public static ErrorResponseException methodNotAllowed(String... allowed) {
        String methods = String.join(", ", allowed);
        return new ErrorResponseException(
                builder(405, "invalid_request", "This path takes " + methods + " and no other method.")
                        .header(HttpHeaders.ALLOW, methods)
                        .build());
    }

    /** Any status and code. */
    public static ErrorResponseException of(int status, String error, String description) {
        return new ErrorResponseException(builder(status, error, description).build());
    }

    private static Response.ResponseBuilder builder(int status, String error, String description) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new OAuth2ErrorRepresentation(error, description));
    }
}
