package io.qahub.keycloak.apitokens.oidc.signin;

import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.model.TokenEvents;
import io.qahub.keycloak.apitokens.model.Verification;
import java.util.Optional;
import java.util.SortedSet;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.services.managers.AuthenticationManager;

/** An attempt to sign in with the credentials of a request. */
record SignInAttempt(AuthenticationFlowContext context, SignInContext signIn, Credentials credentials) {
    void authenticate() {
        if (credentials.hasTokenAsUsername()) {
            fail("the username field contains an API token");
        } else if (credentials.isToken()) {
            signIn.rejectionReason()
                    .ifPresentOrElse(reason -> deny(OAuthErrorException.UNAUTHORIZED_CLIENT, reason), this::verify);
        } else if (!context.getExecution().isRequired()) {
            context.attempted();
        } else if (credentials.isEmpty() && signIn.challenge().isPresent()) {
            context.challenge(signIn.challenge().get());
        } else {
            fail("the request has no API token");
        }
    }

    private void verify() {
        context.getEvent().detail(Details.CREDENTIAL_TYPE, TokenEvents.CREDENTIAL_TYPE);
        if (!credentials.username().isEmpty()) {
            context.getEvent().detail(Details.USERNAME, credentials.username());
        }
        VerificationRequest request = new VerificationRequest(context.getSession(), context.getEvent());
        ClientModel client = context.getAuthenticationSession().getClient();
        request.verify(credentials.password(), client, Errors.INVALID_USER_CREDENTIALS)
                .ifPresentOrElse(this::admit, this::refuse);
    }

    private void admit(Verification.Active active) {
        if (active.owner().getServiceAccountClientLink() != null) {
            deny(OAuthErrorException.INVALID_GRANT, "A service account cannot sign in; exchange its token instead.");
            return;
        }
        if (!isOwner(active.owner(), credentials.username())) {
            fail("the username is not that of the token's owner");
            return;
        }
        Optional<SortedSet<String>> scopes = signIn.grant(active);
        if (scopes.isEmpty()) {
            deny(OAuthErrorException.INVALID_SCOPE, "The API token lacks a requested scope, or expires too soon.");
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

    /** Uses a transient session, which ends with the request: it cannot be refreshed or sign in a browser. */
    private void succeed(Verification.Active active, SortedSet<String> scopes) {
        context.getAuthenticationSession()
                .setClientNote(
                        AuthenticationManager.USER_SESSION_PERSISTENT_STATE,
                        SessionPersistenceState.TRANSIENT.toString());
        signIn.accepted(active, scopes);
        context.setUser(active.owner());
        context.success();
    }

    private void fail(String reason) {
        context.getEvent().detail(Details.REASON, reason).error(Errors.INVALID_USER_CREDENTIALS);
        refuse();
    }

    /** Responds as for a wrong password. */
    private void refuse() {
        context.failure(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                signIn.errorResponse(OAuthErrorException.INVALID_GRANT, "Invalid user credentials"));
    }

    private void deny(String error, String description) {
        context.getEvent().detail(Details.REASON, description).error(Errors.NOT_ALLOWED);
        context.failure(AuthenticationFlowError.ACCESS_DENIED, signIn.errorResponse(error, description));
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return "SignInAttempt[redacted]";
    }
}
