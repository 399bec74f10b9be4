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
import org.keycloak.cache.LocalCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tokens by prefix, in a bounded cache of this node. A cached token is valid while the user-cache entry of its owner exists
 * that was observed when it was read: every change of a token evicts that entry on every node.
 */
public final class TokenCache {
    private final LocalCache<Key, Row> byPrefix;
    private final ConcurrencyLimiter lookUps;
    private final Duration maxAge;
    private final Clock clock;

    /** The number that was last given to an entry of the user cache. */
    private final AtomicLong lastEntry = new AtomicLong();

    /**
     * Takes the cache, how many look-ups in the database run at the same time for prefixes that are not cached, and after
     * which time a cached token is read again in any case.
     */
    public TokenCache(LocalCache<Key, Row> byPrefix, int concurrency, Duration maxAge, Clock clock) {
        this.byPrefix = byPrefix;
        this.lookUps = new ConcurrencyLimiter(concurrency);
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** Returns the token with that prefix in the session's realm, and its owner, in their current state. */
    Optional<Found> find(KeycloakSession session, String prefix) {
        Key key = new Key(session.getContext().getRealm().getId(), prefix);
        Row cached = byPrefix.get(key);
        Optional<Row> row = cached == null ? lookUps.runThrottled(() -> read(session, key)) : Optional.of(cached);
        Optional<Found> found = row.flatMap(first -> found(session, first)
                .filter(current -> isCurrent(first, current.owner()))
                .or(() -> read(session, key).flatMap(again -> found(session, again))));
        if (found.isEmpty()) {
            byPrefix.invalidate(key);
        }
        return found;
    }

    private static Optional<Found> found(KeycloakSession session, Row row) {
        RealmModel realm = session.getContext().getRealm();
        UserModel owner = session.users().getUserById(realm, row.token.ownerId());
        return owner == null ? Optional.empty() : Optional.of(new Found(row, owner));
    }

    /** The token has not changed since it was read if the owner's entry was numbered before that and still exists. */
    private boolean isCurrent(Row row, UserModel owner) {
        return entryNumber(owner) <= row.lastEntry && clock.millis() - row.readAt < maxAge.toMillis();
    }

    /** Returns the number of this entry of the user cache, which it is given on first sight; the maximum if it is not cached. */
    private long entryNumber(UserModel owner) {
        if (!(owner instanceof CachedUserModel cached) || cached.isMarkedForEviction()) {
            return Long.MAX_VALUE;
        }
        @SuppressWarnings("unchecked") // Keycloak hands out a raw map
        ConcurrentMap<Object, Long> attached = cached.getCachedWith();
        return attached.computeIfAbsent(this, key -> lastEntry.incrementAndGet());
    }

    /** In a transaction of its own: one begun earlier may see an older snapshot where READ COMMITTED is not in force. */
    private Optional<Row> read(KeycloakSession session, Key key) {
        long entry = lastEntry.get(); // before the token is read
        long readAt = clock.millis();
        Optional<OwnedToken> found = KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                own -> ApiTokenStore.of(own).findOwned(key.realmId(), key.prefix()));
        Optional<Row> row = found.map(owned -> new Row(owned.token(), owned.ownerEnabled(), readAt, entry));
        row.ifPresent(read -> byPrefix.put(key, read));
        return row;
    }

    /** The key of the cache. */
    public record Key(String realmId, String prefix) {}

    /** A token as it was read. */
    public static final class Row {
        private final ApiToken token;

        /** From the database: a node that is cut off from the cluster is not told when its cached user becomes outdated. */
        private final boolean ownerEnabled;

        /** In milliseconds since the epoch. */
        private final long readAt;

        /** The highest number that an entry of the user cache can have had when the token was read. */
        private final long lastEntry;

        /** When a use was last recorded, in milliseconds since the epoch. */
        private volatile long usedAt;

        Row(ApiToken token, boolean ownerEnabled, long readAt, long lastEntry) {
            this.token = token;
            this.ownerEnabled = ownerEnabled;
            this.readAt = readAt;
            this.lastEntry = lastEntry;
        }

        /** Recording every use of a busy token would cost more than verifying it. Two at once are harmless. */
        private boolean isUseWorthNoting(Instant now) {
            boolean isDue = now.toEpochMilli() - usedAt >= TokenUsedEvent.INTERVAL.toMillis();
            if (isDue) {
                usedAt = now.toEpochMilli();
            }
            return isDue;
        }
    }

    /** A token and its owner in their current state. */
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
