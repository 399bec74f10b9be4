package io.qahub.keycloak.apitokens.jobs;

import io.micrometer.core.instrument.Counter;
import io.qahub.keycloak.apitokens.keycloak.Meters;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenChange;
import java.util.Map;

/** Counts changes to tokens made on this node. All series exist from the start, at zero. */
final class LifecycleMeters {
    private final Counter created = Meters.counter("created", "API tokens created.");
    private final Counter rotated = Meters.counter("rotated", "API tokens rotated.");
    private final Counter purged = Meters.counter("purged", "API tokens deleted by the clean-up.");
    private final Counter flushed = flushes("stored");
    private final Counter notFlushed = flushes("failed");

    LifecycleMeters() {
        for (RevokedBy by : RevokedBy.values()) {
            revoked(by);
        }
    }

    private static Counter revoked(RevokedBy by) {
        return Meters.counter("revoked", "API tokens revoked, by cause.", "by", by.value());
    }

    private static Counter flushes(String outcome) {
        return Meters.counter(
                "last.used.flushes", "Writes of last uses of API tokens, by outcome.", "outcome", outcome);
    }

    void count(TokenChange change) {
        if (change instanceof TokenChange.Created) {
            created.increment();
        } else if (change instanceof TokenChange.Rotated) {
            rotated.increment();
        } else if (change instanceof TokenChange.Revoked revocation) {
            revoked(revocation.by()).increment(revocation.tokens().size());
        }
    }

    void purged(int tokens) {
        purged.increment(tokens);
    }

    void flushed(boolean stored) {
        (stored ? flushed : notFlushed).increment();
    }

    /** Registers the gauge of uses that are not stored yet. */
    void pending(Map<?, ?> uses) {
        Meters.gauge("last.used.pending", "Last uses of API tokens that are not stored yet.", uses, Map::size);
    }
}
