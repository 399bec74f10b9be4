package io.qahub.keycloak.apitokens.model;

/** A request that cannot be met as it stands; the message is meant for the person who made it. */
public final class InvalidTokenRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Takes the sentence to show. */
    public InvalidTokenRequestException(String message) {
        super(message);
    }
}
