package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenUse;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Records last uses in memory on the request thread, and in the database once per token and interval by a timer. */
final class LastUsed {
    /** The uses recorded within the last interval, by token id; further uses of these tokens are ignored. */
    private final ConcurrentHashMap<String, Instant> recent = new ConcurrentHashMap<>();

    private final PendingWrites<TokenUse> pending;
    private final Duration interval;
    private final int maxCount;

    /** Creates an instance with the minimum time between two writes of a token, and the maximum number of tokens. */
    LastUsed(Duration interval, int maxCount, LifecycleMeters meters) {
        this.interval = interval;
        this.maxCount = maxCount;
        this.pending = new PendingWrites<>(
                "last use", maxCount, (store, uses) -> store.touch(uses, interval), meters::flushed);
        meters.pending(pending.all());
    }

    void add(TokenUsedEvent used) {
        ApiToken token = used.token();
        Instant last = recent.get(token.id());
        if (last != null && last.plus(interval).isAfter(used.at())) {
            return;
        }
        TokenUse use = new TokenUse(token.id(), used.at(), address(used.session()));
        if (recent.size() < maxCount && pending.add(token.id(), use, used.at())) { // if full, a later use is recorded
            recent.put(token.id(), used.at());
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
        pending.flush(factory, now);
    }
}
