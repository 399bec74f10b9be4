package io.qahub.keycloak.apitokens.oidc.introspection;

import io.qahub.keycloak.apitokens.keycloak.Misconfiguration;
import io.qahub.keycloak.apitokens.oidc.ClientLimits;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.utils.MediaType;

/**
 * The claim {@code jwt}. Keycloak adds it to a response about one of its own tokens if the request has the header
 * {@code Accept: application/jwt} and the client's setting allows it.
 */
record JwtClaim(KeycloakSession session, ExpiryCeiling ceiling) {
    private static final String NAME = "jwt";

    /** Adds the claim if the client requests it and may have it; {@code source} creates the JWT. */
    void addTo(Map<String, Object> claims, Supplier<AccessToken> source) {
        if (isRequested() && isAllowed()) {
            AccessToken token = source.get();
            Instant expiry = ceiling.apply(Instant.ofEpochSecond(token.getExp()), Instant.now());
            token.exp(Objects.requireNonNull(expiry).getEpochSecond());
            claims.put(NAME, session.tokens().encode(token));
        }
    }

    private boolean isRequested() {
        String accepted = session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.ACCEPT);
        return MediaType.APPLICATION_JWT.equals(accepted);
    }

    private boolean isAllowed() {
        ClientModel client = session.getContext().getClient();
        if (!Boolean.parseBoolean(client.getAttribute(Constants.SUPPORT_JWT_CLAIM_IN_INTROSPECTION_RESPONSE_ENABLED))) {
            return false;
        }
        Optional<String> rejection = ClientLimits.rejectionReason(client);
        rejection.ifPresent(advice -> Misconfiguration.warn(
                "Realm %s: introspection omits the claim jwt for API tokens from responses to client %s. %s"
                        .formatted(client.getRealm().getName(), client.getClientId(), advice)));
        return rejection.isEmpty();
    }
}
