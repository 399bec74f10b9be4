package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.keycloak.AfterCommit;
import java.util.Collection;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;
import org.keycloak.storage.adapter.InMemoryUserAdapter;

/** Invalidates the cached tokens of owners on all nodes. */
final class OwnerEviction {
    private OwnerEviction() {}

    /**
     * Evicts owners from the user cache of every node after the commit, which invalidates their cached tokens. Takes
     * only ids: looking up an owner fails if a user directory is unavailable. If another node cannot be informed, it
     * reads its cached tokens again when they reach their maximum age.
     */
    static void afterCommit(KeycloakSession session, RealmModel realm, Collection<String> ownerIds) {
        Set<String> ids = Set.copyOf(ownerIds);
        String realmId = realm.getId();
        AfterCommit.inTransaction(session, "telling other nodes about changed API tokens", own -> {
            UserCache cache = UserStorageUtil.userCache(own);
            if (cache != null) {
                ids.forEach(id -> cache.evict(own.realms().getRealm(realmId), userWithId(own, realmId, id)));
            }
        });
    }

    private static UserModel userWithId(KeycloakSession session, String realmId, String id) {
        UserModel user = new InMemoryUserAdapter(session, session.realms().getRealm(realmId), id);
        user.setUsername(id); // required by the cache
        return user;
    }
}
