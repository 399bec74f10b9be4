package io.qahub.keycloak.apitokens.oidc.introspection;

import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.oidc.MappedClaims;
import io.qahub.keycloak.apitokens.oidc.RestrictedAccessToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.Encode;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/** Introspects an API token for an authenticated client (RFC 7662, section 2.2) and sends the event. */
record TokenIntrospection(KeycloakSession session, VerificationRequest request, ExpiryCeiling ceiling) {
    /** Returns the claims of the response; empty if the token is not active. */
    Optional<Map<String, Object>> introspect(String input) {
        Optional<Verification.Active> active =
                request.verify(input, session.getContext().getClient());
        Optional<Map<String, Object>> claims = active.map(token -> request.getOrUnavailable(() -> claims(token)));
        claims.ifPresent(found -> request.accepted());
        return claims;
    }

    private Map<String, Object> claims(Verification.Active active) {
        ApiToken token = active.token();
        KeycloakContext context = session.getContext();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("active", true);
        claims.put("sub", token.ownerId());
        claims.put("username", active.owner().getUsername());
        claims.put("scope", Scopes.join(active.scopes().names()));
        claims.put("token_type", "Bearer");
        claims.put("iat", token.createdAt().getEpochSecond());
        Instant expiry = ceiling.apply(token.expiresAt(), Instant.now());
        if (expiry != null) {
            claims.put("exp", expiry.getEpochSecond());
        }
        claims.put("iss", issuer(context));
        claims.put("aud", context.getClient().getClientId());
        claims.put("jti", token.id());
        claims.put("prefix", token.prefix());
        addNetworks(claims, active);
        claims.putAll(MappedClaims.of(session, active, active.scopes()));
        new JwtClaim(session, ceiling).addTo(claims, () -> jwt(active));
        return claims;
    }

    /** Adds the networks to {@code claims} if not all are allowed, for resource servers that check addresses themselves. */
    static void addNetworks(Map<String, Object> claims, Verification.Active active) {
        if (active.networks().isRestricted()) {
            claims.put(RestrictedAccessToken.NETWORKS, active.networks().texts());
        }
    }

    private AccessToken jwt(Verification.Active active) {
        return RestrictedAccessToken.of(
                session,
                active.token().id(),
                active,
                active.scopes(),
                List.of(session.getContext().getClient().getClientId()));
    }

    /** As {@code Urls.realmIssuer}, whose URI builder takes a tenth of the time of an introspection. */
    private static String issuer(KeycloakContext context) {
        return context.getUri().getBaseUri() + "realms/"
                + Encode.encodePathSegmentAsIs(context.getRealm().getName());
    }
}
