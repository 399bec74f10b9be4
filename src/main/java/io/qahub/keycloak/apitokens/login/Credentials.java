package io.qahub.keycloak.apitokens.login;

import io.qahub.keycloak.apitokens.token.TokenString;
import org.jspecify.annotations.Nullable;

/**
 * What came in place of a username and a password; blank where nothing came.
 *
 * @param username blank where the token comes alone
 */
record Credentials(String username, String password) {
    /** Users may be called {@code qh_…}, too; a token is longer. */
    private static final int LONGEST_USERNAME = 40;

    static Credentials of(@Nullable String username, @Nullable String password) {
        return new Credentials(username == null ? "" : username.strip(), password == null ? "" : password);
    }

    boolean isNothing() {
        return username.isEmpty() && password.isEmpty();
    }

    /** Whether the password is, or was meant to be, an API token. */
    boolean isToken() {
        return password.startsWith(TokenString.SCHEME);
    }

    /** Whether the username is one, or one with a typing error: what comes after us may write usernames to events. */
    boolean hasTokenAsUsername() {
        return username.startsWith(TokenString.SCHEME) && username.length() > LONGEST_USERNAME;
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "Credentials[redacted]";
    }
}
