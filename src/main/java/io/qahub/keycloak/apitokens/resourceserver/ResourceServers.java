package io.qahub.keycloak.apitokens.resourceserver;

import org.keycloak.cache.LocalCache;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CachedObject;
import org.keycloak.provider.Provider;

/** Which clients may ask. To resolve all scopes of a client takes longer than to find a token, so it is remembered. */
public final class ResourceServers implements Provider {
    /** An entry made again within the same millisecond could not be told from the one before it. */
    private static final long SETTLED_MILLIS = 1_000;

    private final LocalCache<String, AssignedScope> byClient;

    ResourceServers(LocalCache<String, AssignedScope> byClient) {
        this.byClient = byClient;
    }

    /** Returns whether {@code client} has our client scope now, default or optional. */
    boolean contain(RealmModel realm, ClientModel client) {
        if (!(client instanceof CachedObject cached)) {
            return AssignedScope.resolve(client) != null;
        }
        AssignedScope known = byClient.get(client.getId());
        if (known != null && known.isStill(realm, cached)) {
            return true;
        }
        long cachedAt = cached.getCacheTimestamp();
        boolean isSettled = Time.currentTimeMillis() - cachedAt > SETTLED_MILLIS;
        ClientScopeModel scope = AssignedScope.resolve(client);
        if (scope != null && isSettled) {
            byClient.put(client.getId(), new AssignedScope(cachedAt, scope.getId(), scope.getProtocol()));
        }
        return scope != null;
    }

    @Override
    public void close() {}
}
