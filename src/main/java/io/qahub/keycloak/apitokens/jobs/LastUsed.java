package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenUse;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Records last uses in memory on the request thread, and in the database once per token and interval by a timer. */
final class LastUsed {
    /** The time after which a use that cannot be stored is discarded, because its token has probably been deleted. */
    private static final Duration MAX_PENDING = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(LastUsed.class);
    private static final int BATCH = 500;

    /** The uses recorded within the last interval, by token id; further uses of these tokens are ignored. */
    private final ConcurrentHashMap<String, Instant> recent = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, TokenUse> pending = new ConcurrentHashMap<>();

    private final Duration interval;
    private final int maxCount;
    private final LifecycleMeters meters;

    /** Takes the minimum time between two writes of a token, and the maximum number of tokens held in memory. */
    LastUsed(Duration interval, int maxCount, LifecycleMeters meters) {
        this.interval = interval;
        this.maxCount = maxCount;
        this.meters = meters;
        meters.pending(pending);
    }

    void add(TokenUsedEvent used) {
        ApiToken token = used.token();
        Instant last = recent.get(token.id());
        if (last != null && last.plus(interval).isAfter(used.at())) {
            return;
        }
        if (recent.size() < maxCount && pending.size() < maxCount) { // if full, a later use is recorded
            recent.put(token.id(), used.at());
            pending.put(token.id(), new TokenUse(token.id(), used.at(), address(used.session())));
        }
    }

    private static @Nullable String address(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        try {
            return realm != null && TokenPolicy.of(realm).recordAddress()
                    ? session.getContext().getConnection().getRemoteAddr()
                    : null;
        } catch (InvalidPolicyException e) {
            return null; // reported when tokens are created
        }
    }

    /** Stores the pending uses. Those that fail or whose rows are locked stay pending. */
    void flush(KeycloakSessionFactory factory, Instant now) {
        recent.values().removeIf(at -> at.plus(interval).isBefore(now));
        List<TokenUse> uses = new ArrayList<>(pending.values());
        for (int from = 0; from < uses.size(); from += BATCH) {
            List<TokenUse> batch = uses.subList(from, Math.min(from + BATCH, uses.size()));
            try {
                Set<TokenUse> stored = KeycloakModelUtils.runJobInTransactionWithResult(
                        factory, session -> Set.copyOf(ApiTokenStore.of(session).touch(batch, interval)));
                batch.stream()
                        .filter(use -> stored.contains(use)
                                || use.at().plus(MAX_PENDING).isBefore(now))
                        .forEach(use -> pending.remove(use.tokenId(), use));
                meters.flushed(true);
            } catch (RuntimeException e) {
                meters.flushed(false);
                LOG.warnf(e, "The last use of %d API tokens could not be stored; will retry", batch.size());
                return;
            }
        }
    }
}
