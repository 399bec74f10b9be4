package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.OwnedToken;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.keycloak.cache.LocalCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Token rows by prefix, in a bounded map of this node. A row is believed as long as the entry of its owner in Keycloak's
 * user cache lives that was there when the row was read: that is thrown away on every node when a token changes.
 */
final class TokenRows {
    private final LocalCache<Key, Row> byPrefix;
    private final Turns lookUps;
    private final Duration maximumAge;
    private final Clock clock;

    /** The number of the last mark that an entry of the user cache was given. */
    private final AtomicLong marks = new AtomicLong();

    TokenRows(LocalCache<Key, Row> byPrefix, Turns lookUps, Duration maximumAge, Clock clock) {
        this.byPrefix = byPrefix;
        this.lookUps = lookUps;
        this.maximumAge = maximumAge;
        this.clock = clock;
    }

    /** Returns the token of that prefix and its owner as they are now. */
    Optional<Found> find(KeycloakSession session, RealmModel realm, String prefix) {
        Key key = new Key(realm.getId(), prefix);
        Row known = byPrefix.get(key);
        Optional<Row> row = known == null ? lookUps.takeSparingly(() -> read(session, key)) : Optional.of(known);
        Optional<Found> found = row.flatMap(first -> found(session, realm, first)
                .filter(current -> isCurrent(first, current.owner()))
                .or(() -> read(session, key).flatMap(again -> found(session, realm, again))));
        if (found.isEmpty()) {
            byPrefix.invalidate(key);
        }
        return found;
    }

    private static Optional<Found> found(KeycloakSession session, RealmModel realm, Row row) {
        UserModel owner = session.users().getUserById(realm, row.token.ownerId());
        return owner == null ? Optional.empty() : Optional.of(new Found(row, owner));
    }

    /** An entry that was marked before the row was read, and lives, has seen no change of the row since. */
    private boolean isCurrent(Row row, UserModel owner) {
        return mark(owner) <= row.lastMark && clock.millis() - row.readAt < maximumAge.toMillis();
    }

    /** Returns the number that this entry of the user cache was given; one that no row allows where the owner is not cached. */
    private long mark(UserModel owner) {
        if (!(owner instanceof CachedUserModel cached) || cached.isMarkedForEviction()) {
            return Long.MAX_VALUE;
        }
        @SuppressWarnings("unchecked") // Keycloak hands out a raw map
        ConcurrentMap<Object, Long> attached = cached.getCachedWith();
        return attached.computeIfAbsent(this, key -> marks.incrementAndGet());
    }

    /** In a transaction of its own: one begun earlier may see an older snapshot where READ COMMITTED is not in force. */
    private Optional<Row> read(KeycloakSession session, Key key) {
        long lastMark = marks.get(); // before the row is read
        long readAt = clock.millis();
        return KeycloakModelUtils.runJobInTransactionWithResult(
                        session.getKeycloakSessionFactory(),
                        own -> own.getProvider(ApiTokenStore.class).findOwned(key.realmId(), key.prefix()))
                .map(found -> remember(key, found, readAt, lastMark));
    }

    /** There may be very many, so what they have in common is held once. */
    private Row remember(Key key, OwnedToken found, long readAt, long lastMark) {
        Row known = byPrefix.get(key);
        ApiToken token = known == null ? found.token() : found.token().sharing(known.token);
        Row row = new Row(token, found.ownerEnabled(), readAt, lastMark);
        byPrefix.put(new Key(key.realmId(), token.prefix()), row);
        return row;
    }

    record Key(String realmId, String prefix) {}

    /** A row as it was read. */
    static final class Row {
        private static final AtomicLongFieldUpdater<Row> NOTED = AtomicLongFieldUpdater.newUpdater(Row.class, "noted");

        private final ApiToken token;

        /** What the database said of the owner: a node that is cut off from the cluster is not told when its cached user goes stale. */
        private final boolean ownerEnabled;

        /** In milliseconds since the epoch. */
        private final long readAt;

        /** The highest mark that an entry of the user cache can have had when it was read. */
        private final long lastMark;

        /** When a use was last noted, in milliseconds since the epoch. */
        private volatile long noted;

        Row(ApiToken token, boolean ownerEnabled, long readAt, long lastMark) {
            this.token = token;
            this.ownerEnabled = ownerEnabled;
            this.readAt = readAt;
            this.lastMark = lastMark;
        }

        /** Telling of each use of a busy token would cost more than judging it. */
        private boolean isUseWorthNoting(Instant now) {
            long last = noted;
            long at = now.toEpochMilli();
            return at - last >= TokenUsedEvent.INTERVAL.toMillis() && NOTED.compareAndSet(this, last, at);
        }
    }

    /** A token as it is now, and its owner. */
    record Found(Row row, UserModel owner) {
        ApiToken token() {
            return row.token;
        }

        boolean ownerEnabled() {
            return owner.isEnabled() && row.ownerEnabled;
        }

        boolean isUseWorthNoting(Instant now) {
            return row.isUseWorthNoting(now);
        }
    }
}
