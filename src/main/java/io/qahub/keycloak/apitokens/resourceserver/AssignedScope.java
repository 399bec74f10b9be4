package io.qahub.keycloak.apitokens.resourceserver;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CachedObject;
import org.keycloak.models.cache.CachedRealmModel;

/**
 * That a client has our client scope, kept with its realm in Keycloak's cache: to resolve all scopes of a client takes longer than to
 * find a token. It is believed as long as the client's entry in that cache, which every node throws away when its scopes change.
 *
 * @param clientCachedAt when the client's entry was made, in milliseconds since the epoch
 * @param protocol of the scope, which decides whether a client can have it
 */
record AssignedScope(long clientCachedAt, String scopeId, String protocol) {
    private static final int MOST_OF_A_REALM = 1_000;

    /** An entry made again within the same millisecond could not be told from the one before it. */
    private static final long SETTLED_MILLIS = 1_000;

    /** Returns whether {@code client} has the client scope, default or optional. */
    static boolean isOf(RealmModel realm, ClientModel client) {
        if (!(realm instanceof CachedRealmModel cachedRealm) || !(client instanceof CachedObject cachedClient)) {
            return resolve(client) != null;
        }
        ConcurrentMap<String, AssignedScope> known = known(cachedRealm);
        AssignedScope assigned = known.get(client.getId());
        if (assigned != null && assigned.holds(realm, cachedClient)) {
            return true;
        }
        long cachedAt = cachedClient.getCacheTimestamp();
        ClientScopeModel scope = resolve(client);
        if (scope != null && Time.currentTimeMillis() - cachedAt > SETTLED_MILLIS) {
            if (known.size() >= MOST_OF_A_REALM) {
                known.clear();
            }
            known.put(client.getId(), new AssignedScope(cachedAt, scope.getId(), scope.getProtocol()));
        }
        return scope != null;
    }

    /** Returns the client scope, null if the client has none of that name. */
    static ClientScopeModel resolve(ClientModel client) {
        return Stream.of(true, false)
                .map(isDefault -> client.getClientScopes(isDefault).get(Inquiry.CLIENT_SCOPE))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @SuppressWarnings("unchecked") // Keycloak hands out a raw map
    private static ConcurrentMap<String, AssignedScope> known(CachedRealmModel realm) {
        return (ConcurrentMap<String, AssignedScope>)
                realm.getCachedWith().computeIfAbsent(AssignedScope.class, key -> new ConcurrentHashMap<>());
    }

    /** A scope that was renamed or removed leaves the entries of its clients alone. */
    private boolean holds(RealmModel realm, CachedObject client) {
        if (client.getCacheTimestamp() != clientCachedAt) {
            return false;
        }
        ClientScopeModel scope = realm.getClientScopeById(scopeId);
        return scope != null
                && Inquiry.CLIENT_SCOPE.equals(scope.getName())
                && Objects.equals(protocol, scope.getProtocol());
    }
}
