package io.qahub.keycloak.apitokens.login;

import io.qahub.keycloak.apitokens.token.TokenString;

/**
 * What came in place of a username and a password; blank where nothing came.
 *
 * @param username blank where the token comes alone
 */
record Presented(String username, String password) {
    static Presented of(String username, String password) {
        return new Presented(username == null ? "" : username.strip(), password == null ? "" : password);
    }

    /** Whether the password is, or was meant to be, an API token. */
    boolean isToken() {
        return password.startsWith(TokenString.SCHEME);
    }

    /** Whether the username is: what comes after us may write usernames to events. */
    boolean hasTokenAsUsername() {
        return username.startsWith(TokenString.SCHEME);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "Presented[redacted]";
    }
}
