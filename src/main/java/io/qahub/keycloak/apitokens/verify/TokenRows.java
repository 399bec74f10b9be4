package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Token rows, attached to the cached user who owns them and so thrown away with that user on every node. */
final class TokenRows {
    private final Duration maximumAge;
    private final Clock clock;

    TokenRows(Duration maximumAge, Clock clock) {
        this.maximumAge = maximumAge;
        this.clock = clock;
    }

    /** Returns the row, or null if there is none. */
    Row find(KeycloakSession session, RealmModel realm, UserModel owner, String prefix) {
        if (!(owner instanceof CachedUserModel cached) || cached.isMarkedForEviction()) {
            return read(session, realm, prefix);
        }
        @SuppressWarnings("unchecked") // Keycloak hands out a raw map
        Map<Object, Object> attached = cached.getCachedWith();
        Object key = new Key(prefix);
        if (attached.get(key) instanceof Row row
                && row.readAt().plus(maximumAge).isAfter(clock.instant())) {
            return row;
        }
        Row row = read(session, realm, prefix);
        if (row == null) {
            attached.remove(key);
        } else {
            attached.put(key, row);
        }
        return row;
    }

    /** In a transaction of its own: one begun earlier may see an older snapshot where READ COMMITTED is not in force. */
    private Row read(KeycloakSession session, RealmModel realm, String prefix) {
        String realmId = realm.getId();
        Instant readAt = clock.instant();
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
            ApiTokenStore store = own.getProvider(ApiTokenStore.class);
            return store.findByPrefix(realmId, prefix)
                    .map(token ->
                            new Row(token, store.isEnabled(token.ownerId()).orElse(true), readAt))
                    .orElse(null);
        });
    }

    private record Key(String prefix) {}

    /**
     * A row as it was read.
     *
     * @param ownerEnabled what the database said of the owner: a node that is cut off from the cluster
     *     is not told when its cached user goes stale
     */
    record Row(ApiToken token, boolean ownerEnabled, Instant readAt) {}
}
