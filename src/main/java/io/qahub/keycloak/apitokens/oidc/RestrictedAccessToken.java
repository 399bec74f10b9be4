package io.qahub.keycloak.apitokens.oidc;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.model.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;
import org.keycloak.util.TokenUtil;

/**
 * A JWT access token obtained with an API token. It contains the claims that introspection of the API token returns, but
 * nothing from the client's own mappers or roles.
 *
 * <p>Its claim {@code typ} is not {@code Bearer}, so that Keycloak itself does not accept it, such as at the account
 * and admin REST APIs, userinfo, token exchange or UMA. It has no session. Resource servers verify it with the realm's
 * keys.
 */
public final class RestrictedAccessToken {
    /** The value of the claim {@code typ}. */
    public static final String TYPE = "ApiToken";

    /** The name of the claim that contains the prefix of the API token. */
    public static final String PREFIX = "prefix";

    /** The name of the claim that contains the networks from which the API token can be used, if not from all. */
    public static final String NETWORKS = "allowed_networks";

    /** The name of the claim that contains the {@link SecretGeneration} of the secret that was presented. */
    public static final String GENERATION = "gen";

    /** The maximum lifetime. */
    public static final Duration MAX_LIFETIME = Duration.ofMinutes(5);

    private RestrictedAccessToken() {}

    /** Returns whether {@code input} is a JWT with this {@code typ}. Does not verify the signature. */
    public static boolean matches(String input) {
        try {
            return TYPE.equals(
                    new JWSInput(input).readJsonContent(JsonWebToken.class).getType());
        } catch (JWSInputException e) {
            return false;
        }
    }

    /**
     * Creates a token, to be signed later.
     *
     * @param id the {@code jti}
     * @param active the verified API token and its owner
     * @param scopes the scopes to include, a subset of those of the API token
     * @param audience the client ids of the resource servers; mappers of the scopes can add to it
     */
    public static AccessToken of(
            KeycloakSession session,
            String id,
            Verification.Active active,
            EffectiveScopes scopes,
            Collection<String> audience) {
        ClientModel client = session.getContext().getClient();
        AccessToken token = new AccessToken();
        token.id(id).issuedNow().issuedFor(client.getClientId());
        token.exp(expiry(session.getContext().getRealm(), active.token(), token.getIat()));
        token.setOtherClaims(GENERATION, SecretGeneration.of(Objects.requireNonNull(active.secretHash())));
        addClaims(session, token, active, scopes, audience);
        return token;
    }

    /**
     * Creates {@code issued} again, which was obtained with the API token earlier, with the claims that apply now. Its
     * times and its client stay the same.
     */
    public static AccessToken current(
            KeycloakSession session, AccessToken issued, Verification.Active active, EffectiveScopes scopes) {
        AccessToken token = new AccessToken();
        token.id(issued.getId()).iat(issued.getIat()).exp(issued.getExp()).issuedFor(issued.getIssuedFor());
        token.setOtherClaims(GENERATION, issued.getOtherClaims().get(GENERATION));
        addClaims(session, token, active, scopes, List.of(issued.getAudience()));
        return token;
    }

    private static void addClaims(
            KeycloakSession session,
            AccessToken token,
            Verification.Active active,
            EffectiveScopes scopes,
            Collection<String> audience) {
        RealmModel realm = session.getContext().getRealm();
        ApiToken source = active.token();
        token.type(TYPE);
        token.issuer(Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        token.subject(source.ownerId());
        addMappedClaims(token, MappedClaims.of(session, active, scopes), audience);
        token.setScope(Scopes.join(scopes.names()));
        token.setPreferredUsername(active.owner().getUsername());
        token.setOtherClaims(PREFIX, source.prefix());
        if (active.networks().isRestricted()) {
            token.setOtherClaims(NETWORKS, active.networks().texts());
        }
    }

    /**
     * The mapped audience also contains the client of the session, which may have requested a token for others. A mapper
     * can also add {@code preferred_username}; in a JWT, this provider has already set that claim.
     */
    private static void addMappedClaims(AccessToken token, Map<String, Object> mapped, Collection<String> audience) {
        Set<String> all = new LinkedHashSet<>(audience);
        mapped.forEach((name, value) -> {
            if (name.equals(MappedClaims.AUDIENCE) && value instanceof Collection<?> added) {
                added.stream()
                        .map(String::valueOf)
                        .filter(one -> !one.equals(token.getIssuedFor()))
                        .forEach(all::add);
            } else if (!name.equals(IDToken.PREFERRED_USERNAME)) {
                token.setOtherClaims(name, value);
            }
        });
        token.audience(all.toArray(String[]::new));
    }

    private static long expiry(RealmModel realm, ApiToken source, long now) {
        long lifetime = Math.min(MAX_LIFETIME.toSeconds(), realm.getAccessTokenLifespan());
        Instant end = source.expiresAt();
        return end == null ? now + lifetime : Math.min(now + lifetime, end.getEpochSecond());
    }

    /** Signs {@code token} and returns it as a token response (RFC 6749, section 5.1) without a refresh token. */
    public static AccessTokenResponse tokenResponse(KeycloakSession session, AccessToken token) {
        AccessTokenResponse response = new AccessTokenResponse();
        response.setToken(session.tokens().encode(token));
        response.setTokenType(TokenUtil.TOKEN_TYPE_BEARER);
        response.setExpiresIn(token.getExp() - token.getIat());
        response.setScope(token.getScope());
        return response;
    }
}
