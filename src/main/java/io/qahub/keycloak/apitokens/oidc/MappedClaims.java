package io.qahub.keycloak.apitokens.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.keycloak.ClientSessionContexts;
import io.qahub.keycloak.apitokens.keycloak.Misconfiguration;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.verification.ResourceServers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.ProtocolMapperUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;

/**
 * The claims that the protocol mappers of the client scope {@code api-tokens} and of a token's scopes add to introspection.
 * They run as for an access token of the owner, in a user session that ends with the request.
 */
public final class MappedClaims {
    /** The name of the claim that contains the client of the session, and what mappers add. */
    static final String AUDIENCE = "aud";

    /** Determined by this provider, or about the session, key or client of an access token, which an API token lacks. */
    private static final Set<String> RESERVED = Set.of(
            "active",
            "sub",
            "username",
            "scope",
            "token_type",
            "iat",
            "nbf",
            "exp",
            "iss",
            "jti",
            "client_id",
            RestrictedAccessToken.PREFIX,
            RestrictedAccessToken.NETWORKS,
            RestrictedAccessToken.GENERATION,
            "typ",
            "azp",
            "cnf",
            "act",
            "may_act",
            "sid",
            "session_state",
            "nonce",
            "acr",
            "auth_time",
            "at_hash",
            "c_hash",
            "s_hash");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;

    private MappedClaims(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.client = session.getContext().getClient();
    }

    /**
     * Returns the claims for the client of the session; {@code aud}, if mappers add to it, includes that client. Empty without
     * mappers. Propagates a mapper's exception: a response without its claim could mean something else.
     *
     * @param scopes those of the token's scopes that the response contains
     */
    public static Map<String, Object> of(KeycloakSession session, Verification.Active active, EffectiveScopes scopes) {
        ClientModel client = session.getContext().getClient();
        Set<ClientScopeModel> clientScopes = Stream.concat(
                        ResourceServers.clientScope(client).stream(), scopes.clientScopes().stream())
                .filter(scope -> scope.getProtocolMappersStream().findAny().isPresent())
                .collect(Collectors.toSet());
        Map<String, Object> claims =
                clientScopes.isEmpty() ? Map.of() : new MappedClaims(session).map(active, scopes, clientScopes);
        String organization = active.token().organizationId();
        return organization == null ? claims : OrganizationClaim.add(session, organization, claims);
    }

    private Map<String, Object> map(
            Verification.Active active, EffectiveScopes scopes, Set<ClientScopeModel> withMappers) {
        return OrganizationClaim.withOrganization(
                session, active.token().organizationId(), () -> mapAll(active, scopes, withMappers));
    }

    private Map<String, Object> mapAll(
            Verification.Active active, EffectiveScopes scopes, Set<ClientScopeModel> withMappers) {
        ClientSessionContext context = context(active, scopes, withMappers);
        AccessToken token = token(active.token(), scopes);
        JsonNode before = JsonSerialization.mapper.valueToTree(token);
        ObjectNode after = JsonSerialization.mapper.valueToTree(transform(token, context));
        Map<String, Object> claims = new LinkedHashMap<>();
        after.properties().forEach(claim -> {
            if (!claim.getValue().equals(before.get(claim.getKey()))) {
                add(claims, claim.getKey(), claim.getValue());
            }
        });
        return claims;
    }

    private void add(Map<String, Object> claims, String name, JsonNode value) {
        if (RESERVED.contains(name)) {
            Misconfiguration.warn(
                    ("Realm %s: the claim %s, which a protocol mapper sets for client %s, is omitted from responses for"
                                    + " API tokens. Remove the mapper, or change its claim name.")
                            .formatted(realm.getName(), name, client.getClientId()));
        } else {
            claims.put(
                    name,
                    name.equals(AUDIENCE)
                            ? audience(value)
                            : JsonSerialization.mapper.convertValue(value, Object.class));
        }
    }

    private Set<String> audience(JsonNode mapped) {
        Set<String> audience = new LinkedHashSet<>(Set.of(client.getClientId()));
        if (mapped.isTextual()) {
            audience.add(mapped.textValue());
        }
        mapped.forEach(one -> audience.add(one.asText()));
        return audience;
    }

    private AccessToken transform(AccessToken token, ClientSessionContext context) {
        AccessToken transformed = token;
        for (var mapper : ProtocolMapperUtils.getSortedProtocolMappers(
                        session, context, entry -> entry.getValue() instanceof TokenIntrospectionTokenMapper)
                .toList()) {
            transformed =
                    transform(transformed, mapper.getKey(), (TokenIntrospectionTokenMapper) mapper.getValue(), context);
        }
        return transformed;
    }

    private AccessToken transform(
            AccessToken token,
            ProtocolMapperModel model,
            TokenIntrospectionTokenMapper mapper,
            ClientSessionContext context) {
        try {
            return mapper.transformIntrospectionToken(
                    token, model, session, context.getClientSession().getUserSession(), context);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the protocol mapper %s (%s) failed: %s".formatted(model.getName(), model.getProtocolMapper(), e),
                    e);
        }
    }

    private AccessToken token(ApiToken source, EffectiveScopes scopes) {
        AccessToken token = new AccessToken();
        token.id(source.id()).type(RestrictedAccessToken.TYPE).subject(source.ownerId());
        token.iat(source.createdAt().getEpochSecond());
        token.issuedFor(client.getClientId());
        token.audience(client.getClientId());
        token.setScope(Scopes.join(scopes.names()));
        return token;
    }

    private ClientSessionContext context(
            Verification.Active active, EffectiveScopes scopes, Set<ClientScopeModel> withMappers) {
        UserModel owner = active.owner();
        UserSessionModel userSession = session.sessions()
                .createUserSession(
                        KeycloakModelUtils.generateId(),
                        realm,
                        owner,
                        owner.getUsername(),
                        session.getContext().getConnection().getRemoteAddr(),
                        "api-token",
                        false,
                        null,
                        null,
                        SessionPersistenceState.TRANSIENT);
        AuthenticatedClientSessionModel clientSession =
                session.sessions().createClientSession(realm, client, userSession);
        clientSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        if (active.token().organizationId() != null) { // some mappers read this rather than the context
            clientSession.setNote(
                    OrganizationModel.ORGANIZATION_ATTRIBUTE, active.token().organizationId());
        }
        Set<ClientScopeModel> all = Stream.concat(withMappers.stream(), scopes.clientScopes().stream())
                .collect(Collectors.toSet());
        return new OwnerSessionContext(ClientSessionContexts.create(clientSession, all, session));
    }
}
