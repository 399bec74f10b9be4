package io.qahub.keycloak.apitokens.oidc.signin;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Authenticates users by an API token. Leaves all other credentials to the flow's other executions. */
final class ApiTokenAuthenticator implements Authenticator {
    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SignInContext.of(context)
                .ifPresentOrElse(
                        signIn -> new SignInAttempt(context, signIn, signIn.credentials()).authenticate(),
                        () -> skip(context));
    }

    /** Skips this execution in flows whose result cannot be restricted to the scopes of the token. */
    private static void skip(AuthenticationFlowContext context) {
        context.getEvent()
                .detail(Details.REASON, "API tokens are accepted only for the direct grant and at the docker endpoint");
        context.attempted();
    }

    @Override
    public void action(AuthenticationFlowContext context) {}

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
