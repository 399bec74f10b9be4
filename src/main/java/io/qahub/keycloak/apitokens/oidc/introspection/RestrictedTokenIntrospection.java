package io.qahub.keycloak.apitokens.oidc.introspection;

import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.oidc.MappedClaims;
import io.qahub.keycloak.apitokens.oidc.RestrictedAccessToken;
import io.qahub.keycloak.apitokens.oidc.SecretGeneration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;

/**
 * Introspects a JWT that was obtained with an API token. It is active only while the API token is. The response
 * contains no other claims than that for the API token; Keycloak's own response would add those of the client's mappers.
 */
record RestrictedTokenIntrospection(KeycloakSession session, VerificationRequest request, ExpiryCeiling ceiling) {
    /** Returns the claims of the response; empty if the token is not active. */
    Optional<Map<String, Object>> introspect(String jwt) {
        Optional<AccessToken> verified = verify(jwt);
        if (verified.isEmpty()) {
            request.refused(
                    Errors.INVALID_TOKEN, "the access token is invalid, or its audience does not include this client");
            return Optional.empty();
        }
        AccessToken token = verified.get();
        Optional<Verification.Active> source = request.verifyStatus(
                String.valueOf(token.getOtherClaims().get(RestrictedAccessToken.PREFIX)),
                session.getContext().getClient());
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (!comesFrom(source.get(), token)) {
            request.refused(
                    Errors.INVALID_TOKEN,
                    "the prefix belongs to another owner, a rotation has invalidated the secret, or the owner was"
                            + " signed out");
            return Optional.empty();
        }
        EffectiveScopes scopes = source.get().scopes().retain(Scopes.split(token.getScope()));
        if (scopes.names().isEmpty()) {
            request.refused(Errors.INVALID_TOKEN, "no_scope");
            return Optional.empty();
        }
        Map<String, Object> claims = request.getOrUnavailable(() -> claims(token, source.get(), scopes));
        request.accepted();
        return Optional.of(claims);
    }

    /**
     * Returns whether {@code token} was obtained with a secret of the same owner's token that is still accepted, and
     * not before the owner's not-before time.
     */
    private boolean comesFrom(Verification.Active source, AccessToken token) {
        Object generation = token.getOtherClaims().get(RestrictedAccessToken.GENERATION);
        int notBefore = session.users().getNotBeforeOfUser(session.getContext().getRealm(), source.owner());
        return source.token().ownerId().equals(token.getSubject())
                && SecretGeneration.isAccepted(source.token(), generation, Instant.now())
                && token.getIat() >= notBefore;
    }

    private Optional<AccessToken> verify(String jwt) {
        AccessToken token = session.tokens().decode(jwt, AccessToken.class);
        RealmModel realm = session.getContext().getRealm();
        String issuer = Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName());
        if (token == null || !RestrictedAccessToken.TYPE.equals(token.getType()) || token.getScope() == null) {
            return Optional.empty();
        }
        ClientModel issuedFor = realm.getClientByClientId(token.getIssuedFor());
        if (issuedFor == null || !issuedFor.isEnabled()) {
            return Optional.empty();
        }
        try {
            TokenVerifier.createWithoutSignature(token)
                    .withChecks(
                            new TokenVerifier.RealmUrlCheck(issuer),
                            TokenVerifier.IS_ACTIVE,
                            TokenManager.NotBeforeCheck.forModel(issuedFor),
                            new TokenVerifier.AudienceCheck(
                                    session.getContext().getClient().getClientId()))
                    .verify();
            return Optional.of(token);
        } catch (VerificationException e) {
            return Optional.empty();
        }
    }

    private Map<String, Object> claims(AccessToken token, Verification.Active source, EffectiveScopes scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("active", true);
        claims.put("sub", token.getSubject());
        claims.put("username", token.getPreferredUsername());
        claims.put("scope", Scopes.join(scopes.names()));
        claims.put("token_type", "Bearer");
        claims.put("iat", token.getIat());
        Instant expiry = ceiling.apply(Instant.ofEpochSecond(token.getExp()), Instant.now());
        claims.put("exp", Objects.requireNonNull(expiry).getEpochSecond());
        claims.put("iss", token.getIssuer());
        claims.put("aud", token.getAudience());
        claims.put("client_id", token.getIssuedFor());
        claims.put("jti", token.getId());
        claims.put(RestrictedAccessToken.PREFIX, token.getOtherClaims().get(RestrictedAccessToken.PREFIX));
        TokenIntrospection.addNetworks(claims, source);
        MappedClaims.of(session, source, scopes).forEach(claims::putIfAbsent);
        new JwtClaim(session, ceiling)
                .addTo(claims, () -> RestrictedAccessToken.current(session, token, source, scopes));
        return claims;
    }
}
