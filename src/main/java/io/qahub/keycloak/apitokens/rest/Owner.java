package io.qahub.keycloak.apitokens.rest;

import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.Impersonator;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import jakarta.ws.rs.NotAuthorizedException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.encode.AccessTokenContext;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The calling user, authenticated by an access token for the account client.
 *
 * @param user the owner of tokens
 * @param client the client that obtained the access token
 * @param signedInAt the time of the user's last sign-in; null if it is unknown
 * @param impersonator who acts as the user; null if it is the user
 */
record Owner(
        UserModel user,
        ClientModel client,
        @Nullable Instant signedInAt,
        @Nullable Impersonator impersonator) {
    private static final String ACCOUNT = Constants.ACCOUNT_MANAGEMENT_CLIENT_ID;

    static Owner authenticate(KeycloakSession session) {
        ClientModel account = requireAccountClient(session.getContext().getRealm());
        AuthResult auth = bearer(session)
                .orElseThrow(() ->
                        OAuthError.invalidToken("Send a valid access token of this realm as Authorization: Bearer."));
        AccessTokenContext context = session.getProvider(TokenContextEncoderProvider.class)
                .getTokenContextFromTokenId(auth.token().getId());
        AccessToken token = resolve(session, auth, context);
        if (!token.hasAudience(ACCOUNT)) {
            throw OAuthError.of(403, "access_denied", "The access token does not have the audience account.");
        }
        if (!mayManage(account, token, auth.user())) {
            throw OAuthError.of(403, "access_denied", "The role manage-account of the client account is required.");
        }
        return new Owner(
                auth.user(),
                auth.client(),
                signedInAt(auth, token, context),
                Impersonator.of(session).or(() -> Impersonator.of(token)).orElse(null));
    }

    /** Keycloak's account API is switched off by disabling this client. */
    private static ClientModel requireAccountClient(RealmModel realm) {
        ClientModel account = realm.getClientByClientId(ACCOUNT);
        if (account == null || !account.isEnabled()) {
            throw OAuthError.of(403, "access_denied", "The client account of this realm is disabled.");
        }
        return account;
    }

    /** Adds the claims that a lightweight access token omits, as Keycloak's account API does. */
    private static AccessToken resolve(KeycloakSession session, AuthResult auth, AccessTokenContext context) {
        AccessToken token = auth.token();
        boolean isComplete = context.getTokenType() != AccessTokenContext.TokenType.LIGHTWEIGHT
                && token.getAudience() != null
                && token.getResourceAccess(ACCOUNT) != null;
        return isComplete
                ? token
                : new AccessTokenIntrospectionProvider<>(session).transformAccessToken(token, auth.session());
    }

    /**
     * The session of a direct grant starts with a sign-in, and its access token has no {@code auth_time}. The start of
     * any other session, such as that of an impersonation, is not necessarily a sign-in.
     */
    private static @Nullable Instant signedInAt(AuthResult auth, AccessToken token, AccessTokenContext context) {
        Long authTime = token.getAuth_time();
        if (authTime == null && context.getGrantType().equals(OAuth2Constants.PASSWORD)) {
            return Instant.ofEpochSecond(auth.session().getStarted());
        }
        return authTime == null ? null : Instant.ofEpochSecond(authTime);
    }

    /** Fails unless the policy lets the caller create and rotate tokens; challenges an old sign-in (RFC 9470). */
    void requireIssuance(TokenPolicy policy, Instant now) {
        if (!usesAllowedClient(policy)) {
            throw OAuthError.of(
                    403,
                    "access_denied",
                    "Access tokens of this client may not create API tokens. Use the account console, or"
                            + " have an administrator add the client to the realm attribute apiTokens.allowedClients.");
        }
        int seconds = policy.reauthenticateSeconds();
        if (seconds > 0
                && (signedInAt == null || signedInAt.plusSeconds(seconds).isBefore(now))) {
            throw OAuthError.insufficientAuthentication(seconds);
        }
    }

    /** Returns whether the policy allows the caller's client to create and rotate tokens. */
    boolean usesAllowedClient(TokenPolicy policy) {
        return policy.allowedClients().contains(client.getClientId());
    }

    private static Optional<AuthResult> bearer(KeycloakSession session) {
        try {
            return Optional.ofNullable(new AppAuthManager.BearerTokenAuthenticator(session).authenticate());
        } catch (NotAuthorizedException e) {
            // Thrown if the header has another scheme or no token.
            return Optional.empty();
        }
    }

    private static boolean mayManage(ClientModel account, AccessToken token, UserModel user) {
        AccessToken.Access access = token.getResourceAccess(ACCOUNT);
        RoleModel role = account.getRole(AccountRoles.MANAGE_ACCOUNT);
        return access != null && access.isUserInRole(AccountRoles.MANAGE_ACCOUNT) && role != null && user.hasRole(role);
    }
}
