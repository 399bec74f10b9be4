package io.qahub.keycloak.apitokens.jobs;

import io.micrometer.core.instrument.Counter;
import io.qahub.keycloak.apitokens.keycloak.Meters;
import java.util.Locale;

/** Counts notices in {@code api_tokens_notices_total}. All series exist from the start, at zero. */
final class NoticeMeters {
    NoticeMeters() {
        for (Notice.Kind kind : Notice.Kind.values()) {
            for (Outcome outcome : Outcome.values()) {
                counter(kind, outcome);
            }
        }
    }

    void count(Notice.Kind kind, Outcome outcome) {
        counter(kind, outcome).increment();
    }

    private static Counter counter(Notice.Kind kind, Outcome outcome) {
        String name = outcome.name().toLowerCase(Locale.ROOT);
        return Meters.counter(
                "notices", "Notices to owners of API tokens, by outcome.", "kind", kind.value(), "outcome", name);
    }

    /** The outcome of a notice. */
    enum Outcome {
        SENT,
        FAILED,
        /** Not sent, because too many notices were waiting or the server is shutting down. */
        DROPPED
    }
}
