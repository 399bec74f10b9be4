package io.qahub.keycloak.apitokens.oidc.introspection;

import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.oidc.RestrictedAccessToken;
import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.util.JsonSerialization;

/**
 * Introspects {@code qh_} strings and access tokens obtained with them, and delegates all other tokens.
 *
 * @param others creates Keycloak's own provider, which needs no {@code close()}; null to handle all tokens here
 */
record ApiTokenIntrospection(
        KeycloakSession session, @Nullable Supplier<TokenIntrospectionProvider> others)
        implements TokenIntrospectionProvider {
    @Override
    public Response introspect(String token, EventBuilder event) {
        boolean isApiToken = token.startsWith(TokenString.SCHEME);
        boolean isRestricted = !isApiToken && RestrictedAccessToken.matches(token);
        if (!isApiToken && !isRestricted && others != null) {
            return others.get().introspect(token, event);
        }
        Map<String, Object> claims = claims(new VerificationRequest(session, event), token, isRestricted)
                .orElse(Map.of("active", false));
        return Response.ok(json(claims), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static byte[] json(Map<String, Object> claims) {
        try {
            return JsonSerialization.writeValueAsBytes(claims);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Map<String, Object>> claims(VerificationRequest request, String token, boolean isRestricted) {
        ClientModel client = session.getContext().getClient();
        if (!request.isAllowed(client)) {
            return Optional.empty();
        }
        Optional<ExpiryCeiling> ceiling = ExpiryCeiling.of(client);
        if (ceiling.isEmpty()) {
            request.refused(
                    Errors.NOT_ALLOWED,
                    "set the attribute " + ExpiryCeiling.ATTRIBUTE + " of this client to a whole number from 1");
            return Optional.empty();
        }
        return isRestricted
                ? new RestrictedTokenIntrospection(session, request, ceiling.get()).introspect(token)
                : new TokenIntrospection(session, request, ceiling.get()).introspect(token);
    }

    @Override
    public void close() {}
}
