package io.qahub.keycloak.apitokens.introspect;

import io.qahub.keycloak.apitokens.accesstoken.RestrictedAccessToken;
import io.qahub.keycloak.apitokens.resourceserver.VerificationRequest;
import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

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
        VerificationRequest request = new VerificationRequest(session, event);
        ClientModel client = session.getContext().getClient();
        if (!request.isAllowed(client)) {
            return IntrospectionResponses.inactive();
        }
        Optional<ExpiryCeiling> ceiling = ExpiryCeiling.of(client);
        if (ceiling.isEmpty()) {
            request.refused(
                    Errors.NOT_ALLOWED,
                    "set the attribute " + ExpiryCeiling.ATTRIBUTE + " of this client to a whole number of 1 or more");
            return IntrospectionResponses.inactive();
        }
        return isRestricted
                ? new RestrictedTokenIntrospection(session, request, ceiling.get()).introspect(token)
                : new TokenIntrospection(session, request, ceiling.get()).introspect(token);
    }

    @Override
    public void close() {}
}
