package io.qahub.keycloak.apitokens.gateway;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.oauth.HeaderValue;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import io.qahub.keycloak.apitokens.oauth.RealmChecks;
import io.qahub.keycloak.apitokens.oauth.PresentedToken;
import io.qahub.keycloak.apitokens.resourceserver.VerificationRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/** The answer to a gateway that asks whether the request it holds back may pass; challenges are those of RFC 6750. */
final class GatewayAuthorization {
    private static final String ACCESS_TOKEN = "access_token";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EventBuilder event;
    private final VerificationRequest inquiry;
    private final Challenge challenge;

    GatewayAuthorization(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.INTROSPECT_TOKEN)
                .detail("endpoint", "gateway");
        this.inquiry = new VerificationRequest(session, event);
        this.challenge = new Challenge(realm);
        // Meant for browsers, and to choose them Keycloak reads the type of a body that the end user sent to someone
        // else.
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
    }

    Response answer() {
        RealmChecks.require(session);
        Optional<ClientModel> caller = GatewayAuthenticator.authenticate(session, event);
        if (caller.isEmpty()) {
            return challenge.invalidClient();
        }
        if (!inquiry.isOpenTo(caller.get())) {
            return challenge.unauthorizedClient();
        }
        if (session.getContext().getUri().getQueryParameters().containsKey(ACCESS_TOKEN)) {
            inquiry.refused(Errors.INVALID_REQUEST, "a token in the query string");
            return challenge.tokenInQuery();
        }
        Optional<String> token =
                PresentedToken.of(session.getContext().getHttpRequest().getHttpHeaders());
        if (token.isEmpty()) {
            inquiry.refused(Errors.INVALID_TOKEN, "no token");
            return challenge.noToken();
        }
        return answer(caller.get(), token.get());
    }

    private Response answer(ClientModel caller, String token) {
        requirePolicies(caller, token);
        return holder(token).map(this::decide).orElseGet(challenge::invalidToken);
    }

    /** Returns empty if the token is not good; the event is sent then. */
    private Optional<AuthenticatedSubject> holder(String token) {
        return AccessTokenVerification.isJwt(token)
                ? new AccessTokenVerification(session, event, inquiry).holder(token)
                : holderOfApiToken(token);
    }

    private Response decide(AuthenticatedSubject holder) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        String own = session.getContext().getHttpRequest().getHttpMethod();
        Optional<Set<Scope>> needed = OriginalMethod.scopes(own, headers);
        if (needed.isEmpty()) {
            inquiry.refused(
                    Errors.NOT_ALLOWED,
                    "the method is none we know, or the headers that name it contradict each other");
            return challenge.methodDenied();
        }
        if (!holder.scopes().containsAll(needed.get())) {
            String scope = Scope.join(needed.get());
            inquiry.refused(Errors.NOT_ALLOWED, "the scope " + scope + " is needed");
            return challenge.insufficientScope(scope);
        }
        if (holder.hasApiToken()) {
            inquiry.accepted(); // for an access token, the introspection has
        }
        return accept(holder);
    }

    private Optional<AuthenticatedSubject> holderOfApiToken(String input) {
        return inquiry.verify(input).map(active -> {
            ApiToken token = active.token();
            return new AuthenticatedSubject(token.ownerId(), active.owner().getUsername(), token.scopes(), token.prefix());
        });
    }

    /** Each header each time: one that is left out might come through from the end user. */
    private static Response accept(AuthenticatedSubject holder) {
        return Response.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Auth-User", HeaderValue.encode(holder.username()))
                .header("X-Auth-User-Id", HeaderValue.encode(holder.userId()))
                .header("X-Auth-Scopes", Scope.join(holder.scopes()))
                .header("X-Auth-Token-Prefix", holder.prefix())
                .build();
    }

    /** Client policies hear of this as of an introspection. */
    private void requirePolicies(ClientModel caller, String token) {
        MultivaluedHashMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("token", token);
        try {
            session.clientPolicy().triggerOnEvent(PolicyContext.of(caller, form));
        } catch (ClientPolicyException e) {
            event.detail(Details.CLIENT_POLICY_ERROR, e.getError());
            inquiry.refused(e.getError(), Details.CLIENT_POLICY_ERROR);
            throw OAuthError.of(403, "access_denied", "A client policy does not let this gateway ask.");
        }
    }
}
