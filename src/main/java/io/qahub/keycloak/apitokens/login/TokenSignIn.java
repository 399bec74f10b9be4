package io.qahub.keycloak.apitokens.login;

import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.Verification;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** Within one token request: that what a sign-in by API token leads to will be restricted, and what it was granted. */
final class TokenSignIn {
    private static final String ATTRIBUTE = TokenSignIn.class.getName();

    private @Nullable Granted granted;

    private TokenSignIn() {}

    /** Whoever calls this restricts what comes out. */
    static TokenSignIn offer(KeycloakSession session) {
        TokenSignIn offer = new TokenSignIn();
        session.setAttribute(ATTRIBUTE, offer);
        return offer;
    }

    /** Returns the offer, or empty where nobody would restrict anything. */
    static Optional<TokenSignIn> offered(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, TokenSignIn.class));
    }

    void grant(Verification.Active active, Set<Scope> scopes) {
        granted = new Granted(active, scopes);
    }

    Optional<Granted> granted() {
        return Optional.ofNullable(granted);
    }

    record Granted(Verification.Active active, Set<Scope> scopes) {}
}
