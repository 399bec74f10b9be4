package io.qahub.keycloak.apitokens.model;

/** Thrown if a request for a token is invalid. The message is safe to return to the caller. */
public final class InvalidTokenRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates an exception; {@code message} tells the caller what to change. */
    public InvalidTokenRequestException(String message) {
        super(message);
    }
}
