package io.qahub.keycloak.apitokens.verification;

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
 * A bounded cache of tokens by prefix on this node. A cached token is valid while the user-cache entry of its owner
 * that was observed when the token was read still exists: every change of a token evicts that entry on every node.
 */
public final class TokenCache {
    private final LocalCache<Key, Row> byPrefix;
    private final ConcurrencyLimiter lookups;
    private final Duration maxAge;
    private final Clock clock;

    /** The number that was last assigned to a user-cache entry. */
    private final AtomicLong lastEntry = new AtomicLong();

    /**
     * Creates a cache.
     *
     * @param concurrency the maximum number of concurrent database lookups of prefixes that are not cached
     * @param maxAge the time after which a cached token is read again in any case
     */
    public TokenCache(LocalCache<Key, Row> byPrefix, int concurrency, Duration maxAge, Clock clock) {
        this.byPrefix = byPrefix;
        this.lookups = new ConcurrencyLimiter(concurrency);
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** Returns the current state of the token with this prefix in the session's realm, and of its owner. */
    Optional<CurrentToken> find(KeycloakSession session, String prefix) {
        Key key = new Key(session.getContext().getRealm().getId(), prefix);
        Row cached = byPrefix.get(key);
        Optional<Row> row = cached == null ? lookups.runThrottled(() -> read(session, key)) : Optional.of(cached);
        Optional<CurrentToken> found = row.flatMap(first -> withOwner(session, first)
                .filter(current -> isCurrent(first, current.owner()))
                .or(() -> read(session, key).flatMap(again -> withOwner(session, again))));
        if (found.isEmpty()) {
            byPrefix.invalidate(key);
        }
        return found;
    }

    private static Optional<CurrentToken> withOwner(KeycloakSession session, Row row) {
        RealmModel realm = session.getContext().getRealm();
        UserModel owner = session.users().getUserById(realm, row.token.ownerId());
        return owner == null ? Optional.empty() : Optional.of(new CurrentToken(row, owner));
    }

    /** A token has not changed since it was read if the owner's entry was numbered before that and still exists. */
    private boolean isCurrent(Row row, UserModel owner) {
        return entryNumber(owner) <= row.lastEntry && clock.millis() - row.readAt < maxAge.toMillis();
    }

    /** Returns the number of the owner's user-cache entry, assigned on first use; the maximum if not cached. */
    private long entryNumber(UserModel owner) {
        if (!(owner instanceof CachedUserModel cached) || cached.isMarkedForEviction()) {
            return Long.MAX_VALUE;
        }
        @SuppressWarnings("unchecked") // Keycloak returns a raw map
        ConcurrentMap<Object, Long> attached = cached.getCachedWith();
        return attached.computeIfAbsent(this, key -> lastEntry.incrementAndGet());
    }

    /** Uses a new transaction: an existing one may see an older snapshot at isolation levels above READ COMMITTED. */
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

    /** A key of the cache. */
    public record Key(String realmId, String prefix) {}

    /** A token as read from the database. */
    public static final class Row {
        private final ApiToken token;

        /** As stored in the database: the user cache of a node that is cut off from the cluster may be outdated. */
        private final boolean ownerEnabled;

        /** In milliseconds since the epoch. */
        private final long readAt;

        /** The highest number that was assigned to a user-cache entry when the token was read. */
        private final long lastEntry;

        /** The time at which a use was last recorded, in milliseconds since the epoch. */
        private volatile long usedAt;

        Row(ApiToken token, boolean ownerEnabled, long readAt, long lastEntry) {
            this.token = token;
            this.ownerEnabled = ownerEnabled;
            this.readAt = readAt;
            this.lastEntry = lastEntry;
        }

        /** Limits how often uses are recorded. Concurrent calls may both return true, which is harmless. */
        private boolean isUseDue(Instant now) {
            boolean isDue = now.toEpochMilli() - usedAt >= TokenUsedEvent.INTERVAL.toMillis();
            if (isDue) {
                usedAt = now.toEpochMilli();
            }
            return isDue;
        }
    }

    /** A current token and its current owner. */
    record CurrentToken(Row row, UserModel owner) {
        ApiToken token() {
            return row.token;
        }

        boolean ownerEnabled() {
            return owner.isEnabled() && row.ownerEnabled;
        }

        boolean isUseDue(Instant now) {
            return row.isUseDue(now);
        }
    }
}
