package io.qahub.keycloak.apitokens.login;

import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.TokenEvents;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.resourceserver.VerificationRequest;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.services.managers.AuthenticationManager;

/** One attempt to sign in: what a request presents, judged in its flow. */
record SignInAttempt(AuthenticationFlowContext context, SignInContext channel, Credentials presented) {
    void judge() {
        if (presented.hasTokenAsUsername()) {
            fail("an API token in the username field");
        } else if (presented.isToken()) {
            channel.objection()
                    .ifPresentOrElse(why -> deny(OAuthErrorException.UNAUTHORIZED_CLIENT, why), this::verify);
        } else if (!context.getExecution().isRequired()) {
            context.attempted();
        } else if (presented.isNothing() && channel.challenge().isPresent()) {
            context.challenge(channel.challenge().get());
        } else {
            fail("no API token");
        }
    }

    private void verify() {
        context.getEvent().detail(Details.CREDENTIAL_TYPE, TokenEvents.CREDENTIAL_TYPE);
        if (!presented.username().isEmpty()) {
            context.getEvent().detail(Details.USERNAME, presented.username());
        }
        VerificationRequest request = new VerificationRequest(context.getSession(), context.getEvent());
        request.verify(presented.password(), Errors.INVALID_USER_CREDENTIALS)
                .ifPresentOrElse(this::admit, this::refuse);
    }

    private void admit(Verification.Active active) {
        if (active.owner().getServiceAccountClientLink() != null) {
            deny(OAuthErrorException.INVALID_GRANT, "A service account does not sign in; exchange its token.");
            return;
        }
        if (!isOwner(active.owner(), presented.username())) {
            fail("the username is not that of the token's owner");
            return;
        }
        Optional<Set<Scope>> scopes = channel.grant(active.token());
        if (scopes.isEmpty()) {
            deny(
                    OAuthErrorException.INVALID_SCOPE,
                    "The API token lacks a scope that was asked for, or expires too soon.");
            return;
        }
        succeed(active, scopes.get());
    }

    private boolean isOwner(UserModel owner, String username) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        boolean any = config != null
                && Boolean.parseBoolean(config.getConfig().get(ApiTokenAuthenticatorFactory.ANY_USERNAME));
        return any
                || username.isEmpty()
                || username.equalsIgnoreCase(owner.getUsername())
                || (context.getRealm().isLoginWithEmailAllowed() && username.equalsIgnoreCase(owner.getEmail()));
    }

    /** The session ends with the request: nothing can be refreshed, and no browser gets signed in. */
    private void succeed(Verification.Active active, Set<Scope> scopes) {
        context.getAuthenticationSession()
                .setClientNote(
                        AuthenticationManager.USER_SESSION_PERSISTENT_STATE,
                        SessionPersistenceState.TRANSIENT.toString());
        channel.accepted(active, scopes);
        context.setUser(active.owner());
        context.success();
    }

    private void fail(String reason) {
        context.getEvent().detail(Details.REASON, reason).error(Errors.INVALID_USER_CREDENTIALS);
        refuse();
    }

    /** Says the same as for a wrong password. */
    private void refuse() {
        context.failure(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                channel.refusal(OAuthErrorException.INVALID_GRANT, "Invalid user credentials"));
    }

    private void deny(String error, String why) {
        context.getEvent().detail(Details.REASON, why).error(Errors.NOT_ALLOWED);
        context.failure(AuthenticationFlowError.ACCESS_DENIED, channel.refusal(error, why));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "SignInAttempt[redacted]";
    }
}
