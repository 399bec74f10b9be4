package io.qahub.keycloak.apitokens.oidc.signin;

import io.qahub.keycloak.apitokens.token.TokenString;
import org.jspecify.annotations.Nullable;

/**
 * The username and password of a request; empty strings if missing.
 *
 * @param username empty if the request contains only a token
 */
record Credentials(String username, String password) {
    /** Usernames may also start with {@code qh_}, but a token is longer. */
    private static final int MAX_USERNAME_LENGTH = 40;

    static Credentials of(@Nullable String username, @Nullable String password) {
        return new Credentials(username == null ? "" : username.strip(), password == null ? "" : password);
    }

    boolean isEmpty() {
        return username.isEmpty() && password.isEmpty();
    }

    /** Returns whether the password starts like an API token. */
    boolean isToken() {
        return password.startsWith(TokenString.SCHEME);
    }

    /** Returns whether the username looks like a token, which other executions might write to events. */
    boolean hasTokenAsUsername() {
        return username.startsWith(TokenString.SCHEME) && username.length() > MAX_USERNAME_LENGTH;
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return "Credentials[redacted]";
    }
}
