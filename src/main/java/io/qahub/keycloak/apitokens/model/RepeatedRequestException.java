package io.qahub.keycloak.apitokens.model;

/** Thrown if a request has the {@link RequestKey} of an earlier one, which created or rotated a token. */
public final class RepeatedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiToken token;

    RepeatedRequestException(ApiToken token) {
        super("repeated request for the API token " + token.prefix());
        this.token = token;
    }

    /** Returns the token that the earlier request created or rotated. */
    public ApiToken token() {
        return token;
    }
}
