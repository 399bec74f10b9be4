package io.qahub.keycloak.apitokens.accesstoken;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;
import org.keycloak.util.TokenUtil;

/**
 * The JWT that an API token becomes: scopes, owner, audience, and nothing that a client's mappers or roles could add.
 *
 * <p>Its claim {@code typ} is not {@code Bearer}, so Keycloak itself takes it nowhere: not at the account and admin REST
 * APIs, userinfo, token exchange or UMA. It belongs to no session. Resource servers check it by the realm's keys.
 */
public final class RestrictedAccessToken {
    /** Its claim {@code typ}. */
    public static final String TYPE = "ApiToken";

    /** The claim that names the API token. */
    public static final String PREFIX = "prefix";

    /** How long one lives at most. */
    public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private RestrictedAccessToken() {}

    /** Returns whether {@code input} is a JWT that claims to be one; its signature is not looked at. */
    public static boolean isOne(String input) {
        try {
            return TYPE.equals(
                    new JWSInput(input).readJsonContent(JsonWebToken.class).getType());
        } catch (JWSInputException e) {
            return false;
        }
    }

    /**
     * Returns an unsigned one.
     *
     * @param id its {@code jti}
     * @param scopes which of the API token's scopes it has
     * @param audience client ids of the resource servers it is for
     */
    public static AccessToken of(
            KeycloakSession session,
            String id,
            Verification.Active active,
            Set<Scope> scopes,
            Collection<String> audience) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = session.getContext().getClient();
        ApiToken source = active.token();
        AccessToken token = new AccessToken();
        token.id(id).type(TYPE).issuedNow().issuedFor(client.getClientId());
        token.issuer(Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        token.subject(source.ownerId());
        token.audience(audience.toArray(String[]::new));
        token.exp(expiry(realm, source, token.getIat()));
        token.setScope(Scope.join(scopes));
        token.setPreferredUsername(active.owner().getUsername());
        token.setOtherClaims(PREFIX, source.prefix());
        return token;
    }

    private static long expiry(RealmModel realm, ApiToken source, long now) {
        long longest = Math.min(LONGEST_LIFE.toSeconds(), realm.getAccessTokenLifespan());
        Instant end = source.expiresAt();
        return end == null ? now + longest : Math.min(now + longest, end.getEpochSecond());
    }

    /** Returns the token endpoint's answer with {@code token}, signed: no refresh token, no ID token, no session. */
    public static AccessTokenResponse answer(KeycloakSession session, AccessToken token) {
        AccessTokenResponse answer = new AccessTokenResponse();
        answer.setToken(session.tokens().encode(token));
        answer.setTokenType(TokenUtil.TOKEN_TYPE_BEARER);
        answer.setExpiresIn(token.getExp() - token.getIat());
        answer.setScope(token.getScope());
        return answer;
    }
}
