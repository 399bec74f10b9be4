package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.keycloak.cache.LocalCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Token rows by prefix, in a bounded map of this node. A row is believed as long as the entry of its owner in Keycloak's
 * user cache lives: that is thrown away on every node when a token changes, and takes its mark with it.
 */
final class TokenRows {
    private static final Duration NOTED_APART = Duration.ofSeconds(10);

    private final LocalCache<Key, Row> byPrefix;
    private final Turns lookUps;
    private final Duration maximumAge;
    private final Clock clock;

    TokenRows(LocalCache<Key, Row> byPrefix, Turns lookUps, Duration maximumAge, Clock clock) {
        this.byPrefix = byPrefix;
        this.lookUps = lookUps;
        this.maximumAge = maximumAge;
        this.clock = clock;
    }

    /** Returns the token of that prefix and its owner as they are now. */
    Optional<Found> find(KeycloakSession session, RealmModel realm, String prefix) {
        Key key = new Key(realm.getId(), prefix);
        Row remembered = byPrefix.get(key);
        Optional<Found> found = remembered == null
                ? Optional.empty()
                : current(session, realm, key, remembered.token().ownerId(), remembered);
        return found.or(() -> findAnew(session, realm, key));
    }

    /** What is not remembered, and what was purged and its prefix drawn again by someone else. */
    private Optional<Found> findAnew(KeycloakSession session, RealmModel realm, Key key) {
        Optional<Found> found = lookUps.takeSparingly(() -> ownerOf(session, key))
                .flatMap(ownerId -> current(session, realm, key, ownerId, null));
        if (found.isEmpty()) {
            byPrefix.invalidate(key);
        }
        return found;
    }

    private static Optional<String> ownerOf(KeycloakSession session, Key key) {
        return session.getProvider(ApiTokenStore.class)
                .findByPrefix(key.realmId(), key.prefix())
                .map(ApiToken::ownerId);
    }

    /**
     * The order matters: the owner is taken from the cache, then the row is read, and marked with that very entry. So a
     * row read before a change can only bear the mark of an entry that the change has thrown away.
     *
     * @param remembered the row as it was read earlier; null if it was not
     * @return empty if there is no such row of that owner
     */
    private Optional<Found> current(
            KeycloakSession session, RealmModel realm, Key key, String ownerId, Row remembered) {
        UserModel owner = session.users().getUserById(realm, ownerId);
        if (owner == null) {
            return Optional.empty();
        }
        Object mark = mark(owner);
        if (remembered != null && mark != null && remembered.mark() == mark && !isTooOld(remembered)) {
            return Optional.of(new Found(remembered, owner));
        }
        Row row = read(session, key, mark);
        if (row == null || !row.token().ownerId().equals(ownerId)) {
            return Optional.empty();
        }
        byPrefix.put(key, row);
        return Optional.of(new Found(row, owner));
    }

    private boolean isTooOld(Row row) {
        return !row.readAt().plus(maximumAge).isAfter(clock.instant());
    }

    /** Returns what tells this entry of the user cache from a later one; null where the owner is not cached. */
    private static Object mark(UserModel owner) {
        if (!(owner instanceof CachedUserModel cached) || cached.isMarkedForEviction()) {
            return null;
        }
        @SuppressWarnings("unchecked") // Keycloak hands out a raw map
        ConcurrentMap<Object, Object> attached = cached.getCachedWith();
        return attached.computeIfAbsent(TokenRows.class, key -> new Object());
    }

    /** In a transaction of its own: one begun earlier may see an older snapshot where READ COMMITTED is not in force. */
    private Row read(KeycloakSession session, Key key, Object mark) {
        Instant readAt = clock.instant();
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
            ApiTokenStore store = own.getProvider(ApiTokenStore.class);
            return store.findByPrefix(key.realmId(), key.prefix())
                    .map(token -> new Row(
                            token, store.isEnabled(token.ownerId()).orElse(true), readAt, mark, new AtomicLong()))
                    .orElse(null);
        });
    }

    record Key(String realmId, String prefix) {}

    /**
     * A row as it was read.
     *
     * @param ownerEnabled what the database said of the owner: a node that is cut off from the cluster
     *     is not told when its cached user goes stale
     * @param mark that of the owner's cache entry when it was read; null if it must not be believed again
     * @param noted when a use was last noted, in milliseconds since the epoch
     */
    record Row(ApiToken token, boolean ownerEnabled, Instant readAt, Object mark, AtomicLong noted) {}

    /** A token as it is now, and its owner. */
    record Found(Row row, UserModel owner) {
        ApiToken token() {
            return row.token();
        }

        boolean ownerEnabled() {
            return owner.isEnabled() && row.ownerEnabled();
        }

        /** Telling of each use of a busy token would cost more than judging it. */
        boolean isUseWorthNoting(Instant now) {
            long last = row.noted().get();
            long at = now.toEpochMilli();
            return at - last >= NOTED_APART.toMillis() && row.noted().compareAndSet(last, at);
        }
    }
}
