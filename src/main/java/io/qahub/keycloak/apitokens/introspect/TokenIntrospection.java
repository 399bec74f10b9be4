package io.qahub.keycloak.apitokens.introspect;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import io.qahub.keycloak.apitokens.verify.TokenVerifier;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/** The answer to an authenticated client about a token string (RFC 7662, section 2.2), and its event. */
final class TokenIntrospection {
    private static final Logger LOG = Logger.getLogger(TokenIntrospection.class);
    private static final String RESOURCE_SERVER_SCOPE = "api-tokens";

    private final KeycloakSession session;
    private final EventBuilder event;

    TokenIntrospection(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.event = event;
    }

    Response answer(String input) {
        ClientModel client = session.getContext().getClient();
        event.detail(Details.TOKEN_TYPE, ApiTokenHintIntrospectionFactory.HINT);
        if (!isResourceServer(client)) {
            event.detail(
                    Details.REASON, "assign the client scope api-tokens to this client to let it verify API tokens");
            event.error(Errors.NOT_ALLOWED);
            return respond(Map.of("active", false));
        }
        Verification verdict = verify(input);
        if (verdict instanceof Verification.Active active) {
            return accept(active, client);
        }
        return refuse((Verification.Inactive) verdict);
    }

    private Verification verify(String input) {
        try {
            return session.getProvider(TokenVerifier.class)
                    .verify(session.getContext().getRealm(), input);
        } catch (RuntimeException e) {
            // Whatever failed, database included: no verdict is not a verdict.
            LOG.error("An API token could not be verified", e);
            event.detail(Details.REASON, "verification is unavailable").error("temporarily_unavailable");
            throw OAuthError.of(503, "temporarily_unavailable", "The token cannot be verified now. Try again.");
        }
    }

    private static boolean isResourceServer(ClientModel client) {
        return client.getClientScopes(true).containsKey(RESOURCE_SERVER_SCOPE)
                || client.getClientScopes(false).containsKey(RESOURCE_SERVER_SCOPE);
    }

    private Response accept(Verification.Active active, ClientModel client) {
        ApiToken token = active.token();
        event.user(active.owner()).detail("prefix", token.prefix()).success();
        RealmModel realm = session.getContext().getRealm();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("active", true);
        claims.put("sub", token.ownerId());
        claims.put("username", active.owner().getUsername());
        claims.put("scope", Scope.join(token.scopes()));
        claims.put("token_type", "Bearer");
        claims.put("iat", token.createdAt().getEpochSecond());
        if (token.expiresAt() != null) {
            claims.put("exp", token.expiresAt().getEpochSecond());
        }
        claims.put("iss", Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        claims.put("aud", client.getClientId());
        claims.put("jti", token.id());
        claims.put("prefix", token.prefix());
        return respond(claims);
    }

    private Response refuse(Verification.Inactive inactive) {
        if (inactive.ownerId() != null) {
            event.user(inactive.ownerId());
        }
        if (inactive.prefix() != null) {
            event.detail("prefix", inactive.prefix());
        }
        event.detail(Details.REASON, inactive.reason().name().toLowerCase(Locale.ROOT))
                .error(Errors.INVALID_TOKEN);
        return respond(Map.of("active", false));
    }

    private static Response respond(Map<String, Object> claims) {
        return Response.ok(claims, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
