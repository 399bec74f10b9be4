package io.qahub.keycloak.apitokens.resourceserver;

import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CachedObject;

/**
 * That a client has our client scope. It is believed as long as the client's entry in Keycloak's cache, which every node throws away
 * when its scopes change.
 *
 * @param clientCachedAt when the client's entry was made, in milliseconds since the epoch
 * @param protocol of the scope, which decides whether a client can have it
 */
record AssignedScope(long clientCachedAt, String scopeId, String protocol) {

    /** Returns the client scope, null if the client has none of that name. */
    static ClientScopeModel resolve(ClientModel client) {
        return Stream.of(true, false)
                .map(isDefault -> client.getClientScopes(isDefault).get(Inquiry.CLIENT_SCOPE))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** A scope that was renamed or removed leaves the entries of its clients alone. */
    boolean isStill(RealmModel realm, CachedObject client) {
        if (client.getCacheTimestamp() != clientCachedAt) {
            return false;
        }
        ClientScopeModel scope = realm.getClientScopeById(scopeId);
        return scope != null
                && Inquiry.CLIENT_SCOPE.equals(scope.getName())
                && Objects.equals(protocol, scope.getProtocol());
    }
}
