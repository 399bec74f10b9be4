package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.verification.VerificationBusyException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;

/**
 * Exceptions with a response body {@code {"error","error_description"}} (RFC 6749, section 5.2; RFC 6750, section 3.1).
 * Throwing one rolls back the transaction.
 */
public final class OAuthError {
    private static final Logger LOG = Logger.getLogger(OAuthError.class);

    private OAuthError() {}

    /** 400: the request is invalid. */
    public static ErrorResponseException invalidRequest(String description) {
        return of(400, "invalid_request", description);
    }

    /** 401 with a Bearer challenge: the token is missing or not active. */
    public static ErrorResponseException invalidToken(String description) {
        return new ErrorResponseException(builder(401, "invalid_token", description)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                .build());
    }

    /** 401 with a step-up challenge (RFC 9470): the sign-in is older than {@code maxAge} seconds. */
    public static ErrorResponseException insufficientAuthentication(int maxAge) {
        String code = "insufficient_user_authentication";
        String description = "Sign in again, then retry.";
        String challenge =
                "Bearer error=\"%s\", error_description=\"%s\", max_age=\"%d\"".formatted(code, description, maxAge);
        return new ErrorResponseException(builder(401, code, description)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build());
    }

    /** 503: the token could not be verified; it may be active or not. */
    public static ErrorResponseException unavailable() {
        return of(503, "temporarily_unavailable", "The token cannot be verified now. Try again.");
    }

    /** Returns the result of {@code operation}; responds with 503 if too many bcrypt operations are waiting. */
    public static <T> T unavailableIfBusy(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (VerificationBusyException e) {
            throw busy(e);
        }
    }

    /** 503 with {@code Retry-After}: too many operations wait for bcrypt. */
    public static ErrorResponseException busy(VerificationBusyException e) {
        return busy(e.retryAfterSeconds());
    }

    /** As {@link #busy(VerificationBusyException)}; the caller may retry after {@code retryAfterSeconds}. */
    public static ErrorResponseException busy(long retryAfterSeconds) {
        return new ErrorResponseException(builder(
                        503,
                        "temporarily_unavailable",
                        "Too many tokens are being created or verified. Try again later.")
                .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds)
                .build());
    }

    /** Returns the result of {@code operation}, which runs third-party code; logs what it throws and responds with 503. */
    public static <T> T unavailableIfFailed(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** 503: third-party code failed while it created an access token; logs {@code cause}. */
    public static ErrorResponseException failed(RuntimeException cause) {
        LOG.error("An access token could not be created for an API token", cause);
        return unavailable();
    }

    /** 429: the caller may retry after {@code retryAfterSeconds}. */
    public static ErrorResponseException tooManyRequests(int retryAfterSeconds) {
        return new ErrorResponseException(
                builder(429, "temporarily_unavailable", "Too many tokens were sent. Try again later.")
                        .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds)
                        .build());
    }

    /** 404: the path does not exist. */
    public static ErrorResponseException noSuchPath() {
        return of(404, "not_found", "This path does not exist.");
    }

    /** 405: the path supports only the {@code allowed} methods. */
    public static ErrorResponseException methodNotAllowed(String... allowed) {
        String methods = String.join(", ", allowed);
        return new ErrorResponseException(builder(405, "invalid_request", "This path supports only " + methods + ".")
                .header(HttpHeaders.ALLOW, methods)
                .build());
    }

    /** 409: the token was changed by another request. */
    public static ErrorResponseException changedConcurrently() {
        return of(409, "invalid_request", "The token was changed by another request; try again.");
    }

    /** An error with any status and code. */
    public static ErrorResponseException of(int status, String error, String description) {
        return new ErrorResponseException(builder(status, error, description).build());
    }

    static Response.ResponseBuilder builder(int status, String error, String description) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new OAuth2ErrorRepresentation(error, description));
    }
}
