package io.qahub.keycloak.apitokens.rest.gateway;

import io.qahub.keycloak.apitokens.http.HeaderValue;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.PresentedToken;
import io.qahub.keycloak.apitokens.http.VerificationRequest;
import io.qahub.keycloak.apitokens.keycloak.IntrospectionPolicyContext;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.CallerAddress;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
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

/** Decides for a gateway whether the request of an end user is authorized; challenges as in RFC 6750. */
final class GatewayAuthorization {
    private static final String ACCESS_TOKEN = "access_token";
    private static final String REQUIRE_METHOD_HEADER = "requireMethodHeader";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EventBuilder event;
    private final VerificationRequest request;
    private final Challenge challenge;

    GatewayAuthorization(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.INTROSPECT_TOKEN)
                .detail("endpoint", "gateway");
        // The address is known once the gateway is authenticated.
        this.request = new VerificationRequest(session, event, CallerAddress.UNKNOWN);
        this.challenge = new Challenge(realm);
        // Security headers are for browsers. Keycloak would select them by the content type of the end user's request.
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
    }

    Response respond() {
        Optional<ClientModel> caller = GatewayAuthenticator.authenticate(session, event);
        if (caller.isEmpty()) {
            return challenge.invalidClient();
        }
        if (!request.isAllowed(caller.get())) {
            return challenge.unauthorizedClient();
        }
        if (session.getContext().getUri().getQueryParameters().containsKey(ACCESS_TOKEN)) {
            request.refused(Errors.INVALID_REQUEST, "the query string contains a token");
            return challenge.tokenInQuery();
        }
        Optional<String> token =
                PresentedToken.of(session.getContext().getHttpRequest().getHttpHeaders());
        if (token.isEmpty()) {
            request.refused(Errors.INVALID_TOKEN, "the request has no token");
            return challenge.noToken();
        }
        return respond(caller.get(), token.get());
    }

    private Response respond(ClientModel caller, String token) {
        requirePolicies(caller, token);
        return verify(token).map(this::decide).orElseGet(challenge::invalidToken);
    }

    /** Returns the subject of the token; empty if the token is not active, after sending the event. */
    private Optional<AuthenticatedSubject> verify(String token) {
        CallerAddress address = AddressHeader.read(session, session.getContext().getClient());
        return AccessTokenVerification.isJwt(token)
                ? new AccessTokenVerification(session, event, request, address).verify(token)
                : verifyApiToken(token, new VerificationRequest(session, event, address));
    }

    private Response decide(AuthenticatedSubject subject) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        String own = session.getContext().getHttpRequest().getHttpMethod();
        Optional<Set<String>> methods = OriginalMethod.methods(own, headers, isMethodHeaderRequired());
        if (methods.isEmpty()) {
            request.refused(
                    Errors.NOT_ALLOWED,
                    "the method is unknown, its header is missing, or the method headers contradict each other");
            return challenge.methodDenied();
        }
        RequiredScopes required = RequiredScopes.of(methods.get(), headers);
        if (!required.areIn(subject.scopes())) {
            String scope = required.forChallenge();
            request.refused(Errors.NOT_ALLOWED, "the scope " + scope + " is required");
            return challenge.insufficientScope(scope);
        }
        if (subject.hasApiToken()) {
            request.accepted(); // for an access token, introspection has sent the event
        }
        return accept(subject);
    }

    /** A gateway that loses its method header by mistake would otherwise have all requests authorized as GET. */
    private boolean isMethodHeaderRequired() {
        List<String> values = session.getContext().getUri().getQueryParameters().get(REQUIRE_METHOD_HEADER);
        return values != null && values.contains("true");
    }

    private Optional<AuthenticatedSubject> verifyApiToken(String input, VerificationRequest verification) {
        return verification.verify(input, session.getContext().getClient()).map(active -> {
            ApiToken token = active.token();
            return new AuthenticatedSubject(
                    token.ownerId(),
                    active.owner().getUsername(),
                    active.scopes(),
                    token.prefix(),
                    token.organizationId() == null ? "" : TokenOrganizations.alias(session, token.organizationId()));
        });
    }

    /** Always sets all headers: the gateway might pass on the end user's value of one that is missing. */
    private static Response accept(AuthenticatedSubject subject) {
        return Response.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Auth-User", HeaderValue.encode(subject.username()))
                .header("X-Auth-User-Id", HeaderValue.encode(subject.userId()))
                .header("X-Auth-Scopes", Scopes.join(subject.scopes().names()))
                .header("X-Auth-Token-Prefix", subject.prefix())
                .header("X-Auth-Organization", HeaderValue.encode(subject.organization()))
                .build();
    }

    /** Applies client policies as Keycloak does for introspection. */
    private void requirePolicies(ClientModel caller, String token) {
        MultivaluedHashMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("token", token);
        try {
            session.clientPolicy().triggerOnEvent(IntrospectionPolicyContext.of(caller, form));
        } catch (ClientPolicyException e) {
            event.detail(Details.CLIENT_POLICY_ERROR, e.getError());
            request.refused(e.getError(), Details.CLIENT_POLICY_ERROR);
            throw OAuthError.of(403, "access_denied", "A client policy does not allow this gateway to verify tokens.");
        }
    }
}
