package io.qahub.keycloak.apitokens.rest;

import io.qahub.keycloak.apitokens.http.AccessTokenClaims;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.PresentedToken;
import io.qahub.keycloak.apitokens.keycloak.Authentication;
import io.qahub.keycloak.apitokens.model.Owners;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.encode.AccessTokenContext;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.util.TokenUtil;

/**
 * The calling user, authenticated by an access token for the account client.
 *
 * @param user the owner of tokens
 * @param client the client that obtained the access token
 * @param signedInAt the time of the user's last sign-in; null if it is unknown
 */
record Owner(UserModel user, ClientModel client, @Nullable Instant signedInAt) {
    private static final Logger LOG = Logger.getLogger(Owner.class);
    private static final String ACCOUNT = Constants.ACCOUNT_MANAGEMENT_CLIENT_ID;

    static Owner authenticate(KeycloakSession session) {
        ClientModel account = requireAccountClient(session.getContext().getRealm());
        Authentication auth = bearer(session).orElseThrow(() -> rejection(session));
        AccessTokenContext context = session.getProvider(TokenContextEncoderProvider.class)
                .getTokenContextFromTokenId(auth.token().getId());
        AccessToken token = resolve(session, auth, context);
        if (!token.hasAudience(ACCOUNT)) {
            throw OAuthError.of(
                    403,
                    "access_denied",
                    "The access token does not have the audience \"account\". Use one that is issued for the account"
                            + " console, or add this audience.");
        }
        if (!mayManage(account, token, auth.user())) {
            throw OAuthError.of(403, "access_denied", "The role manage-account of the client \"account\" is required.");
        }
        return new Owner(auth.user(), auth.client(), signedInAt(auth, token, context));
    }

    /** Disabling this client disables Keycloak's account API. */
    private static ClientModel requireAccountClient(RealmModel realm) {
        ClientModel account = realm.getClientByClientId(ACCOUNT);
        if (account == null || !account.isEnabled()) {
            throw OAuthError.of(
                    403,
                    "access_denied",
                    "The client \"account\" of this realm is disabled. Ask an administrator to enable it.");
        }
        return account;
    }

    /**
     * Adds the claims that a lightweight access token omits, as Keycloak's account API does. Responds with 503 if a
     * protocol mapper fails: the claims determine what the token permits.
     */
    private static AccessToken resolve(KeycloakSession session, Authentication auth, AccessTokenContext context) {
        AccessToken token = auth.token();
        boolean isComplete = context.getTokenType() != AccessTokenContext.TokenType.LIGHTWEIGHT
                && token.getAudience() != null
                && token.getResourceAccess(ACCOUNT) != null;
        return isComplete
                ? token
                : AccessTokenClaims.getOrUnavailable(
                        () -> new AccessTokenIntrospectionProvider<>(session)
                                .transformAccessToken(token, auth.session()),
                        "what your access token permits");
    }

    /**
     * The session of a direct grant starts with a sign-in, and its access token has no {@code auth_time}. The start of
     * any other session, such as that of an impersonation, is not necessarily a sign-in.
     */
    private static @Nullable Instant signedInAt(Authentication auth, AccessToken token, AccessTokenContext context) {
        Long authTime = token.getAuth_time();
        if (authTime == null && context.getGrantType().equals(OAuth2Constants.PASSWORD)) {
            return Instant.ofEpochSecond(auth.session().getStarted());
        }
        return authTime == null ? null : Instant.ofEpochSecond(authTime);
    }

    /** Fails unless the policy lets the caller create, rotate and edit tokens; challenges an old sign-in (RFC 9470). */
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

    /** Returns whether the policy allows the caller's client to create, rotate and edit tokens. */
    boolean usesAllowedClient(TokenPolicy policy) {
        return policy.allowedClients().contains(client.getClientId());
    }

    /**
     * Returns the id of the calling user, to revoke a token. If the user's directory is unavailable, Keycloak cannot
     * authenticate the user; a signed access token is sufficient then, although its session may have ended.
     */
    static String idForRevocation(KeycloakSession session) {
        Optional<AccessToken> signed = signedToken(session);
        if (signed.isPresent() && isUnavailable(session, signed.get())) {
            RealmModel realm = session.getContext().getRealm();
            session.getContext()
                    .setClient(realm.getClientByClientId(signed.get().getIssuedFor()));
            return signed.get().getSubject();
        }
        return authenticate(session).user.getId();
    }

    private static RuntimeException rejection(KeycloakSession session) {
        return signedToken(session)
                        .filter(token -> isUnavailable(session, token))
                        .isPresent()
                ? OAuthError.of(
                        503,
                        "temporarily_unavailable",
                        "The user directory is unavailable. You can revoke tokens; for anything else, try again later.")
                : OAuthError.invalidToken("Send a valid access token of this realm as Authorization: Bearer.");
    }

    private static boolean isUnavailable(KeycloakSession session, AccessToken token) {
        return Owners.isDirectoryUnavailable(session, session.getContext().getRealm(), token.getSubject());
    }

    /** Returns the access token if it is signed, not expired, and allows its subject to manage the account. */
    private static Optional<AccessToken> signedToken(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        String issuer = Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName());
        try {
            AccessToken token = PresentedToken.of(
                            session.getContext().getHttpRequest().getHttpHeaders())
                    .map(presented -> session.tokens().decode(presented, AccessToken.class))
                    .orElseThrow(VerificationException::new);
            TokenVerifier.createWithoutSignature(token)
                    .withChecks(
                            new TokenVerifier.RealmUrlCheck(issuer),
                            TokenVerifier.SUBJECT_EXISTS_CHECK,
                            TokenVerifier.IS_ACTIVE,
                            new TokenVerifier.TokenTypeCheck(List.of(TokenUtil.TOKEN_TYPE_BEARER)),
                            TokenManager.NotBeforeCheck.forModel(realm),
                            new TokenVerifier.AudienceCheck(ACCOUNT))
                    .verify();
            AccessToken.Access access = token.getResourceAccess(ACCOUNT);
            return Optional.of(token)
                    .filter(valid -> access != null && access.isUserInRole(AccountRoles.MANAGE_ACCOUNT));
        } catch (VerificationException e) {
            return Optional.empty();
        }
    }

    private static Optional<Authentication> bearer(KeycloakSession session) {
        try {
            return Optional.ofNullable(new AppAuthManager.BearerTokenAuthenticator(session).authenticate())
                    .map(Authentication::of);
        } catch (NotAuthorizedException e) {
            // Thrown if the header has another scheme or no token.
            return Optional.empty();
        } catch (WebApplicationException e) {
            throw e;
        } catch (RuntimeException e) {
            // Thrown if the user's directory is unavailable.
            LOG.debug("A user could not be authenticated", e);
            return Optional.empty();
        }
    }

    private static boolean mayManage(ClientModel account, AccessToken token, UserModel user) {
        AccessToken.Access access = token.getResourceAccess(ACCOUNT);
        RoleModel role = account.getRole(AccountRoles.MANAGE_ACCOUNT);
        return access != null && access.isUserInRole(AccountRoles.MANAGE_ACCOUNT) && role != null && user.hasRole(role);
    }
}
