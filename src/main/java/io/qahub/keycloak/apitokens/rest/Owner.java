package io.qahub.keycloak.apitokens.rest;

import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import jakarta.ws.rs.NotAuthorizedException;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The calling user, authenticated by an access token for the account client.
 *
 * @param user the owner of tokens
 * @param client the client that obtained the access token
 * @param signedInAt the time of the user's last sign-in
 */
record Owner(UserModel user, ClientModel client, Instant signedInAt) {
    private static final String ACCOUNT = Constants.ACCOUNT_MANAGEMENT_CLIENT_ID;

    static Owner authenticate(KeycloakSession session) {
        AuthResult auth = bearer(session)
                .orElseThrow(() ->
                        OAuthError.invalidToken("Send a valid access token of this realm as Authorization: Bearer."));
        AccessToken token = auth.token();
        if (!token.hasAudience(ACCOUNT)) {
            throw OAuthError.of(403, "access_denied", "The access token does not have the audience account.");
        }
        if (!mayManage(session.getContext().getRealm(), token, auth.user())) {
            throw OAuthError.of(403, "access_denied", "The role manage-account of the client account is required.");
        }
        return new Owner(auth.user(), auth.client(), signedInAt(auth));
    }

    /** Access tokens of a direct grant have no {@code auth_time}; the session started at the sign-in. */
    private static Instant signedInAt(AuthResult auth) {
        Long authTime = auth.token().getAuth_time();
        return Instant.ofEpochSecond(authTime == null ? auth.session().getStarted() : authTime);
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
        if (seconds > 0 && signedInAt.plusSeconds(seconds).isBefore(now)) {
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

    private static boolean mayManage(RealmModel realm, AccessToken token, UserModel user) {
        AccessToken.Access access = token.getResourceAccess(ACCOUNT);
        RoleModel role = realm.getClientByClientId(ACCOUNT).getRole(AccountRoles.MANAGE_ACCOUNT);
        return access != null && access.isUserInRole(AccountRoles.MANAGE_ACCOUNT) && role != null && user.hasRole(role);
    }
}
