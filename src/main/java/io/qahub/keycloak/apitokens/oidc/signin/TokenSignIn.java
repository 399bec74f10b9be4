package io.qahub.keycloak.apitokens.oidc.signin;

import io.qahub.keycloak.apitokens.model.Verification;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** The state of a token request whose result will be restricted if the user signs in with an API token. */
final class TokenSignIn {
    private static final String ATTRIBUTE = TokenSignIn.class.getName();

    private @Nullable Granted granted;

    private TokenSignIn() {}

    /** Starts a token request. The caller must restrict its result to what {@link #granted()} returns. */
    static TokenSignIn start(KeycloakSession session) {
        TokenSignIn signIn = new TokenSignIn();
        session.setAttribute(ATTRIBUTE, signIn);
        return signIn;
    }

    /** Returns the state of the current token request; empty if its result will not be restricted. */
    static Optional<TokenSignIn> current(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, TokenSignIn.class));
    }

    void grant(Verification.Active active, SortedSet<String> scopes) {
        granted = new Granted(active, scopes);
    }

    Optional<Granted> granted() {
        return Optional.ofNullable(granted);
    }

    record Granted(Verification.Active active, SortedSet<String> scopes) {}
}
