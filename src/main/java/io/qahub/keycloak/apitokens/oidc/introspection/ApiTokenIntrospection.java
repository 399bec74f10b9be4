package io.qahub.keycloak.apitokens.oidc.introspection;

import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.model.CallerAddress;
import io.qahub.keycloak.apitokens.oidc.RestrictedAccessToken;
import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/**
 * Introspects {@code qh_} strings and access tokens obtained with them, for the client of the session.
 *
 * @param address the address of the caller that sent the token to the client
 */
public record ApiTokenIntrospection(KeycloakSession session, EventBuilder event, CallerAddress address) {
    /** Creates an instance for the address in the introspection request. */
    static ApiTokenIntrospection of(KeycloakSession session, EventBuilder event) {
        return new ApiTokenIntrospection(session, event, CallerAddressParameter.read(session));
    }

    /** Returns whether {@code token} is a {@code qh_} string or an access token obtained with one. */
    static boolean supports(String token) {
        return isTokenString(token) || RestrictedAccessToken.matches(token);
    }

    /** Returns the response of an introspection endpoint, and sends the event. */
    public Response introspect(String token) {
        Map<String, Object> claims =
                claims(new VerificationRequest(session, event, address), token).orElse(Map.of("active", false));
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

    private Optional<Map<String, Object>> claims(VerificationRequest request, String token) {
        ClientModel client = session.getContext().getClient();
        if (!request.isAllowed(client)) {
            return Optional.empty();
        }
        Optional<ExpiryCeiling> ceiling = ExpiryCeiling.of(client);
        if (ceiling.isEmpty()) {
            request.refused(
                    Errors.NOT_ALLOWED,
                    "set the attribute " + ExpiryCeiling.ATTRIBUTE + " of this client to a whole number of 1 or more");
            return Optional.empty();
        }
        // An access token is decoded only if it can be one: decoding takes a tenth of the time of an introspection.
        return !isTokenString(token) && RestrictedAccessToken.matches(token)
                ? new RestrictedTokenIntrospection(session, request, ceiling.get()).introspect(token)
                : new TokenIntrospection(session, request, ceiling.get()).introspect(token);
    }

    private static boolean isTokenString(String token) {
        return token.startsWith(TokenString.SCHEME);
    }
}
