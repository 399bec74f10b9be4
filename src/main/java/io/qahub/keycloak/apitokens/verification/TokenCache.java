package io.qahub.keycloak.apitokens.verification;

import com.github.benmanes.caffeine.cache.Cache;
import io.qahub.keycloak.apitokens.keycloak.UserDirectories;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.OwnedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.StorageId;

/**
 * A bounded cache of tokens by prefix on this node. A cached token is valid while the user-cache entry of its owner
 * that was observed when the token was read still exists: every change of a token evicts that entry on every node.
 */
public final class TokenCache {
    private static final int MAX_UNCACHED_OWNERS = 8;

    private final Cache<Key, Row> byPrefix;
    private final ConcurrencyLimiter lookups;
    private final Duration maxAge;
    private final Duration useInterval;

    /** Limits lookups of owners that Keycloak does not cache, such as those of a federation with NO_CACHE. */
    private final ConcurrencyLimiter uncachedOwners = new ConcurrencyLimiter(MAX_UNCACHED_OWNERS);

    /** The number that was last assigned to a user-cache entry. */
    private final AtomicLong lastEntry = new AtomicLong();

    /**
     * Creates a cache.
     *
     * @param concurrency the maximum number of concurrent database lookups of prefixes that are not cached
     * @param maxAge the time after which a cached token is read again in any case
     * @param useInterval the minimum time between two uses of a token that are recorded
     */
    public TokenCache(Cache<Key, Row> byPrefix, int concurrency, Duration maxAge, Duration useInterval) {
        this.byPrefix = byPrefix;
        this.lookups = new ConcurrencyLimiter(concurrency);
        this.maxAge = maxAge;
        this.useInterval = useInterval;
    }

    /** Returns the current state of the token with this prefix in the session's realm, and of its owner. */
    Optional<CurrentToken> find(KeycloakSession session, String prefix) {
        Key key = new Key(session.getContext().getRealm().getId(), prefix);
        Row cached = byPrefix.getIfPresent(key);
        Optional<Row> row = cached == null ? limited(session, () -> read(session, key)) : Optional.of(cached);
        Optional<CurrentToken> found = row.flatMap(first -> withOwner(session, first)
                .filter(current -> isCurrent(first, current.owner()))
                .or(() -> read(session, key).flatMap(again -> withOwner(session, again))));
        if (found.isEmpty()) {
            byPrefix.invalidate(key);
        }
        return found;
    }

    /** Returns whether this use of the token is to be recorded. */
    boolean isUseDue(CurrentToken token) {
        return token.row.isUseDue(useInterval);
    }

    /** Reads the token with this prefix from the database, without looking up its owner. */
    Optional<ApiToken> read(KeycloakSession session, String prefix) {
        String realmId = session.getContext().getRealm().getId();
        return limited(session, () -> read(session, store -> store.findByPrefix(realmId, prefix)));
    }

    /** A session that holds a connection must not wait for others, which may wait for that connection. */
    private <T> Optional<T> limited(KeycloakSession session, Supplier<Optional<T>> lookup) {
        return ApiTokenStore.of(session).hasConnection() ? lookup.get() : lookups.runThrottled(lookup);
    }

    private Optional<CurrentToken> withOwner(KeycloakSession session, Row row) {
        RealmModel realm = session.getContext().getRealm();
        Supplier<@Nullable UserModel> lookup = () -> session.users().getUserById(realm, row.token.ownerId());
        boolean isLimited = !row.isOwnerCached && !ApiTokenStore.of(session).hasConnection();
        UserModel owner = isLimited ? uncachedOwners.run(lookup) : lookup.get();
        row.isOwnerCached = owner instanceof CachedUserModel;
        if (UserDirectories.isUnavailable(owner)) {
            // Keycloak represents the user as disabled, although the user's status is unknown.
            throw new IllegalStateException("the user directory of the owner is unavailable");
        }
        return owner == null ? Optional.empty() : Optional.of(new CurrentToken(row, owner));
    }

    /** A token has not changed since it was read if the owner's entry was numbered before that and still exists. */
    private boolean isCurrent(Row row, UserModel owner) {
        return entryNumber(owner) <= row.lastEntry && System.nanoTime() - row.readAt < maxAge.toNanos();
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

    /**
     * Reads in a transaction of its own, which ends before bcrypt runs, or with the connection that the session holds
     * already.
     */
    private static <T> Optional<T> read(KeycloakSession session, Function<ApiTokenStore, Optional<T>> query) {
        ApiTokenStore store = ApiTokenStore.of(session);
        return store.hasConnection()
                ? query.apply(store)
                : KeycloakModelUtils.runJobInTransactionWithResult(
                        session.getKeycloakSessionFactory(), own -> query.apply(ApiTokenStore.of(own)));
    }

    private Optional<Row> read(KeycloakSession session, Key key) {
        long entry = lastEntry.get(); // before the token is read
        long readAt = System.nanoTime();
        ApiTokenStore store = ApiTokenStore.of(session);
        boolean isConnected = store.hasConnection();
        Optional<OwnedToken> found = read(session, own -> own.findOwned(key.realmId(), key.prefix()));
        Optional<Row> row = found.map(owned -> new Row(
                owned.token().withoutDescription(), owned.ownerEnabled(), readAt, entry, nextUseAt(owned.token())));
        if (!isConnected || store.seesLatestCommits()) {
            row.ifPresent(read -> byPrefix.put(read.key(), read));
        }
        return row;
    }

    /** Returns when the next use is to be recorded, as {@code System.nanoTime()} will return it. */
    private long nextUseAt(ApiToken token) {
        long now = System.nanoTime();
        Instant last = token.lastUsedAt();
        if (last == null) {
            return now;
        }
        long left = useInterval.minus(Duration.between(last, Instant.now())).toNanos();
        return now + Math.min(Math.max(left, 0), useInterval.toNanos()); // at most, if another node's clock is ahead
    }

    /** A key of the cache. */
    public record Key(String realmId, String prefix) {}

    /** A token as read from the database. */
    public static final class Row {
        private final ApiToken token;

        /** As stored in the database: the user cache of a node that is cut off from the cluster may be outdated. */
        private final boolean ownerEnabled;

        /** As returned by {@code System.nanoTime()}. */
        private final long readAt;

        /** The highest number that was assigned to a user-cache entry when the token was read. */
        private final long lastEntry;

        /** Whether Keycloak had cached the owner at the last verification. */
        private volatile boolean isOwnerCached = true;

        /** When the next use is to be recorded, as returned by {@code System.nanoTime()}. */
        private volatile long nextUseAt;

        Row(ApiToken token, boolean ownerEnabled, long readAt, long lastEntry, long nextUseAt) {
            this.token = token;
            this.ownerEnabled = ownerEnabled;
            this.readAt = readAt;
            this.lastEntry = lastEntry;
            this.nextUseAt = nextUseAt;
        }

        /** Shares its strings with the token, which saves memory. */
        private Key key() {
            return new Key(token.realmId(), token.prefix());
        }

        /** Limits how often uses are recorded. Concurrent calls may both return true, which is harmless. */
        private boolean isUseDue(Duration interval) {
            long now = System.nanoTime();
            boolean isDue = now - nextUseAt >= 0;
            if (isDue) {
                nextUseAt = now + interval.toNanos();
            }
            return isDue;
        }
    }

    /** A current token and its current owner. */
    record CurrentToken(Row row, UserModel owner) {
        ApiToken token() {
            return row.token;
        }

        /**
         * Returns whether the owner is enabled. For an owner whom Keycloak stores and caches, only the row counts: the
         * cached user is outdated if this node has missed a change, and the row is never older. Other owners may be
         * disabled elsewhere than in Keycloak's database.
         */
        boolean ownerEnabled() {
            return row.ownerEnabled && (isStoredByKeycloak() || owner.isEnabled());
        }

        private boolean isStoredByKeycloak() {
            return owner instanceof CachedUserModel
                    && owner.getFederationLink() == null
                    && StorageId.isLocalStorage(owner.getId());
        }
    }
}
