package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import org.keycloak.cache.LocalCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Prefix to owner id. The pair lives as long as the row; a row that disagrees drops it. */
final class OwnerIds {
    private final LocalCache<String, String> byPrefix;

    OwnerIds(LocalCache<String, String> byPrefix) {
        this.byPrefix = byPrefix;
    }

    /** Returns the owner's id, or null if the realm has no such prefix. */
    String find(KeycloakSession session, RealmModel realm, String prefix) {
        String key = key(realm, prefix);
        String known = byPrefix.get(key);
        if (known != null) {
            return known;
        }
        String found = session.getProvider(ApiTokenStore.class)
                .findByPrefix(realm.getId(), prefix)
                .map(ApiToken::ownerId)
                .orElse(null);
        if (found != null) {
            byPrefix.put(key, found);
        }
        return found;
    }

    void forget(RealmModel realm, String prefix) {
        byPrefix.invalidate(key(realm, prefix));
    }

    private static String key(RealmModel realm, String prefix) {
        return realm.getId() + "/" + prefix;
    }
}
