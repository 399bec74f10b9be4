package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenUse;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Records last uses in memory on the request thread, and in the database once per token and interval by a timer. */
final class LastUsed {
    private final PendingWrites<TokenUse> pending;

    /** Creates an instance with the minimum time between two writes of a token, and the maximum number of tokens. */
    LastUsed(Duration interval, int maxCount, LifecycleMeters meters) {
        this.pending = new PendingWrites<>(
                "last use", maxCount, (store, uses) -> store.touch(uses, interval), meters::flushed);
        meters.pending(pending.all());
    }

    /** Ignores a use if too many are waiting to be written. */
    void add(TokenUsedEvent used) {
        String id = used.token().id();
        pending.add(id, new TokenUse(id, used.at(), address(used)), used.at());
    }

    /** Returns the address of the caller; if it is unknown, that of the connection. */
    private static @Nullable String address(TokenUsedEvent used) {
        KeycloakContext context = used.session().getContext();
        RealmModel realm = context.getRealm();
        try {
            return realm != null && TokenPolicy.of(realm).recordAddress()
                    ? used.address().canonical().orElseGet(() -> context.getConnection()
                            .getRemoteAddr())
                    : null;
        } catch (InvalidPolicyException e) {
            return null; // reported when tokens are created
        }
    }

    /** Stores the pending uses. Those that fail or whose rows are locked stay pending. */
    void flush(KeycloakSessionFactory factory, Instant now) {
        pending.flush(factory, now);
    }
}
