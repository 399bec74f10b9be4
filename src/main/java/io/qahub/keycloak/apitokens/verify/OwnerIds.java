package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import java.util.Optional;
import org.keycloak.cache.LocalCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Prefix to owner id. The pair lives as long as the row; a row that disagrees drops it. */
final class OwnerIds {
    private final LocalCache<String, String> byPrefix;

    OwnerIds(LocalCache<String, String> byPrefix) {
        this.byPrefix = byPrefix;
    }

    /** Returns the owner's id as remembered. */
    Optional<String> remembered(RealmModel realm, String prefix) {
        return Optional.ofNullable(byPrefix.get(key(realm, prefix)));
    }

    /** Returns the owner's id as the database has it, and remembers it; without one, forgets what was remembered. */
    Optional<String> read(KeycloakSession session, RealmModel realm, String prefix) {
        Optional<String> found = session.getProvider(ApiTokenStore.class)
                .findByPrefix(realm.getId(), prefix)
                .map(ApiToken::ownerId);
        found.ifPresentOrElse(
                id -> byPrefix.put(key(realm, prefix), id), () -> byPrefix.invalidate(key(realm, prefix)));
        return found;
    }

    private static String key(RealmModel realm, String prefix) {
        return realm.getId() + "/" + prefix;
    }
}
