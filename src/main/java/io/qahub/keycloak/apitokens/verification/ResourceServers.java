package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The clients that may verify tokens: those that have the client scope {@code api-tokens}. */
public final class ResourceServers {
    /** The name of the client scope of resource servers. */
    public static final String CLIENT_SCOPE = "api-tokens";

    private ResourceServers() {}

    /** Returns whether {@code client} is a resource server: has the client scope, default or optional. */
    public static boolean includes(ClientModel client) {
        return clientScope(client).isPresent();
    }

    /** Returns the client scope {@code api-tokens} if {@code client} has it. */
    public static Optional<ClientScopeModel> clientScope(ClientModel client) {
        return Optional.ofNullable(client.getClientScopes(true).get(CLIENT_SCOPE))
                .or(() -> Optional.ofNullable(client.getClientScopes(false).get(CLIENT_SCOPE)));
    }

    /** Returns the client ids of the resource servers that have the client scopes, by the id of the scope. */
    public static Map<String, List<String>> clientIds(
            KeycloakSession session, RealmModel realm, Collection<ClientScopeModel> scopes) {
        ClientScopeModel own = KeycloakModelUtils.getClientScopeByName(realm, CLIENT_SCOPE);
        return own == null
                ? Map.of()
                : ApiTokenStore.of(session)
                        .lists()
                        .clientIds(scopes.stream().map(ClientScopeModel::getId).toList(), own.getId());
    }

    /** Returns the scopes that are valid at {@code client}: built-in ones, and client scopes that are assigned to it. */
    public static EffectiveScopes goodAt(ClientModel client, EffectiveScopes scopes) {
        return scopes.filterClientScopes(scope -> has(client, scope));
    }

    /** The maps have the names as keys; comparing ids excludes a scope that has just been replaced by another one. */
    private static boolean has(ClientModel client, ClientScopeModel scope) {
        return isIn(client.getClientScopes(true), scope) || isIn(client.getClientScopes(false), scope);
    }

    private static boolean isIn(Map<String, ClientScopeModel> assigned, ClientScopeModel scope) {
        ClientScopeModel found = assigned.get(scope.getName());
        return found != null && found.getId().equals(scope.getId());
    }
}
