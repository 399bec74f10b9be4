package io.qahub.keycloak.apitokens.login;

import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.TokenEvents;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.resourceserver.Inquiry;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.services.managers.AuthenticationManager;

/** Signs the owner of an API token in. What is no API token is left to the flow's other executions. */
final class ApiTokenAuthenticator implements Authenticator {
    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<Channel> channel = Channel.of(context);
        if (channel.isEmpty()) {
            context.getEvent()
                    .detail(Details.REASON, "API tokens sign in by the direct grant and at the docker endpoint only");
            context.attempted();
            return;
        }
        authenticate(context, channel.get(), channel.get().presented());
    }

    private static void authenticate(AuthenticationFlowContext context, Channel channel, Presented presented) {
        if (presented.hasTokenAsUsername()) {
            fail(context, channel, "an API token in the username field");
        } else if (presented.isToken()) {
            Optional<String> objection = channel.objection();
            if (objection.isPresent()) {
                deny(context, channel, OAuthErrorException.UNAUTHORIZED_CLIENT, objection.get());
            } else {
                verify(context, channel, presented);
            }
        } else if (context.getExecution().isRequired() && channel.challenge().isPresent()) {
            context.challenge(channel.challenge().get());
        } else {
            context.attempted();
        }
    }

    private static void verify(AuthenticationFlowContext context, Channel channel, Presented presented) {
        context.getEvent().detail(Details.CREDENTIAL_TYPE, TokenEvents.CREDENTIAL_TYPE);
        if (!presented.username().isEmpty()) {
            context.getEvent().detail(Details.USERNAME, presented.username());
        }
        Inquiry inquiry = new Inquiry(context.getSession(), context.getEvent());
        Verification verdict = inquiry.verify(presented.password());
        if (!(verdict instanceof Verification.Active active)) {
            inquiry.refused((Verification.Inactive) verdict, Errors.INVALID_USER_CREDENTIALS);
            refuse(context, channel);
            return;
        }
        inquiry.found(active);
        if (active.owner().getServiceAccountClientLink() != null) {
            deny(
                    context,
                    channel,
                    OAuthErrorException.INVALID_GRANT,
                    "A service account does not sign in; exchange its token.");
        } else if (!isOwner(context, active.owner(), presented.username())) {
            fail(context, channel, "the username is not that of the token's owner");
        } else {
            channel.grant(active.token())
                    .ifPresentOrElse(
                            scopes -> succeed(context, channel, active, scopes),
                            () -> deny(
                                    context,
                                    channel,
                                    OAuthErrorException.INVALID_SCOPE,
                                    "The API token lacks a scope that was asked for, or expires too soon."));
        }
    }

    private static boolean isOwner(AuthenticationFlowContext context, UserModel owner, String username) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        boolean any = config != null
                && Boolean.parseBoolean(config.getConfig().get(ApiTokenAuthenticatorFactory.ANY_USERNAME));
        return any
                || username.isEmpty()
                || username.equalsIgnoreCase(owner.getUsername())
                || (context.getRealm().isLoginWithEmailAllowed() && username.equalsIgnoreCase(owner.getEmail()));
    }

    /** The session ends with the request: nothing can be refreshed, and no browser gets signed in. */
    private static void succeed(
            AuthenticationFlowContext context, Channel channel, Verification.Active active, Set<Scope> scopes) {
        context.getAuthenticationSession()
                .setClientNote(
                        AuthenticationManager.USER_SESSION_PERSISTENT_STATE,
                        SessionPersistenceState.TRANSIENT.toString());
        channel.accepted(active, scopes);
        context.setUser(active.owner());
        context.success();
    }

    private static void fail(AuthenticationFlowContext context, Channel channel, String reason) {
        context.getEvent().detail(Details.REASON, reason).error(Errors.INVALID_USER_CREDENTIALS);
        refuse(context, channel);
    }

    /** Says the same as for a wrong password. */
    private static void refuse(AuthenticationFlowContext context, Channel channel) {
        context.failure(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                channel.refusal(OAuthErrorException.INVALID_GRANT, "Invalid user credentials"));
    }

    private static void deny(AuthenticationFlowContext context, Channel channel, String error, String why) {
        context.getEvent().detail(Details.REASON, why).error(Errors.NOT_ALLOWED);
        context.failure(AuthenticationFlowError.ACCESS_DENIED, channel.refusal(error, why));
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
