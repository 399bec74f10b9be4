package io.qahub.keycloak.apitokens.rest.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.model.CallerAddress;
import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.oidc.RestrictedAccessToken;
import io.qahub.keycloak.apitokens.oidc.introspection.ApiTokenIntrospection;
import io.qahub.keycloak.apitokens.verification.OwnerScopes;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.StreamSupport;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;
import org.keycloak.util.TokenUtil;

/** Verifies an access token (JWT) for a gateway with the realm's own introspection, which also sends the event. */
record AccessTokenVerification(
        KeycloakSession session, EventBuilder event, VerificationRequest request, CallerAddress address) {
    /** Returns whether {@code token} has the format of a JWT. */
    static boolean isJwt(String token) {
        return token.chars().filter(c -> c == '.').count() == 2;
    }

    /** Returns the subject of {@code jwt}; empty if it is not valid for this gateway, after sending the event. */
    Optional<AuthenticatedSubject> verify(String jwt) {
        AccessToken signed = session.tokens().decode(jwt, AccessToken.class);
        if (signed == null) {
            return refused("the access token is not signed by this realm");
        }
        if (signed.getConfirmation() != null) {
            return refused("the access token is bound to a key or certificate");
        }
        JsonNode claims = request.getOrUnavailable(() -> introspect(jwt, isOfApiToken(signed)));
        if (!claims.path("active").asBoolean()) {
            return Optional.empty();
        }
        if (!isForGateway(claims.path("aud"))) {
            return refused("the audience of the access token does not include this gateway");
        }
        return isOfUser(claims)
                ? Optional.of(subject(claims, isOfApiToken(signed) ? organization(claims) : ""))
                : refused("the access token is not a bearer token of a user");
    }

    private static boolean isOfUser(JsonNode claims) {
        return claims.path("token_type").asText().equals(TokenUtil.TOKEN_TYPE_BEARER)
                && claims.path("sub").isTextual()
                && claims.path("username").isTextual();
    }

    private static boolean isOfApiToken(AccessToken token) {
        return RestrictedAccessToken.TYPE.equals(token.getType());
    }

    /** The claim is an alias, a list of one, or an object with one as its key, depending on the protocol mapper. */
    private static String organization(JsonNode claims) {
        JsonNode claim = claims.path(OAuth2Constants.ORGANIZATION);
        Iterator<String> keys = claim.fieldNames();
        return keys.hasNext() ? keys.next() : claim.path(0).asText(claim.asText());
    }

    private AuthenticatedSubject subject(JsonNode claims, String organization) {
        String userId = claims.path("sub").asText();
        return new AuthenticatedSubject(
                userId,
                claims.path("username").asText(),
                request.getOrUnavailable(
                        () -> scopes(userId, claims.path("scope").asText())),
                "",
                organization);
    }

    private JsonNode introspect(String jwt, boolean isOfApiToken) {
        Response response = isOfApiToken
                ? new ApiTokenIntrospection(session, event, address).introspect(jwt)
                : session.getProvider(
                                TokenIntrospectionProvider.class,
                                AccessTokenIntrospectionProviderFactory.ACCESS_TOKEN_TYPE)
                        .introspect(jwt, event);
        try {
            return response.getEntity() instanceof byte[] json
                    ? JsonSerialization.mapper.readTree(json)
                    : JsonSerialization.mapper.valueToTree(response.getEntity());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keycloak checks the audience since 26.6.2 only, and not if the check is disabled. */
    private boolean isForGateway(JsonNode audience) {
        String gateway = session.getContext().getClient().getClientId();
        return audience.asText().equals(gateway)
                || StreamSupport.stream(audience.spliterator(), false)
                        .anyMatch(client -> client.asText().equals(gateway));
    }

    /** Ignores scopes of the access token that an API token of the user could not have at this gateway. */
    private EffectiveScopes scopes(String userId, String claim) {
        RealmModel realm = session.getContext().getRealm();
        SortedSet<String> names = Scopes.copyOf(
                Arrays.stream(claim.split(" ")).filter(Scopes::isValid).toList());
        UserModel user = session.users().getUserById(realm, userId);
        return user == null
                ? new EffectiveScopes(Scopes.copyOf(List.of()), List.of())
                : OwnerScopes.effective(realm, user, names, session.getContext().getClient());
    }

    private Optional<AuthenticatedSubject> refused(String reason) {
        request.refused(Errors.INVALID_TOKEN, reason);
        return Optional.empty();
    }
}
