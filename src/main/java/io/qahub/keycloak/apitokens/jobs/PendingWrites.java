package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Changes of rows that are kept in memory, one per token, until a timer writes them in batches. */
final class PendingWrites<T> {
    /**
     * The time after which a change that cannot be stored is discarded, because its token has probably been deleted.
     */
    private static final Duration MAX_PENDING = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(PendingWrites.class);
    private static final int BATCH = 500;

    private final ConcurrentHashMap<String, Change<T>> byToken = new ConcurrentHashMap<>();
    private final String name;
    private final int maxCount;
    private final BiFunction<ApiTokenStore, List<T>, List<T>> write;
    private final Consumer<Boolean> onFlush;

    /**
     * Creates an empty instance.
     *
     * @param name what the changes are, for the log
     * @param maxCount the maximum number of changes held in memory
     * @param write stores changes; returns those that need no retry
     * @param onFlush is called for each batch with whether it could be stored
     */
    PendingWrites(
            String name, int maxCount, BiFunction<ApiTokenStore, List<T>, List<T>> write, Consumer<Boolean> onFlush) {
        this.name = name;
        this.maxCount = maxCount;
        this.write = write;
        this.onFlush = onFlush;
    }

    /** Replaces the change of a token; ignores the change if there are too many. */
    void add(String tokenId, T change, Instant now) {
        if (byToken.size() < maxCount) {
            byToken.put(tokenId, new Change<>(tokenId, change, now));
        }
    }

    /** Returns the changes that are not stored yet. */
    Map<String, ?> all() {
        return byToken;
    }

    /** Stores the changes. Those that fail or whose rows are locked stay pending. */
    void flush(KeycloakSessionFactory factory, Instant now) {
        List<Change<T>> changes = new ArrayList<>(byToken.values());
        for (int from = 0; from < changes.size(); from += BATCH) {
            List<Change<T>> batch = changes.subList(from, Math.min(from + BATCH, changes.size()));
            try {
                Set<T> stored = KeycloakModelUtils.runJobInTransactionWithResult(
                        factory, session -> Set.copyOf(write.apply(ApiTokenStore.of(session), values(batch))));
                batch.stream()
                        .filter(change -> stored.contains(change.value)
                                || change.since.plus(MAX_PENDING).isBefore(now))
                        .forEach(change -> byToken.remove(change.tokenId, change));
                onFlush.accept(true);
            } catch (RuntimeException e) {
                onFlush.accept(false);
                LOG.warnf(e, "The %s of %d API tokens could not be stored; will retry", name, batch.size());
                return;
            }
        }
    }

    private static <T> List<T> values(List<Change<T>> changes) {
        return changes.stream().map(Change::value).toList();
    }

    private record Change<T>(String tokenId, T value, Instant since) {}
}
