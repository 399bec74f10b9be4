package io.qahub.keycloak.apitokens.notice;

import io.micrometer.core.instrument.Counter;
import io.qahub.keycloak.apitokens.metrics.Meters;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts notices, {@code api_tokens_notices_total}. All series are there from the start, at zero. */
final class NoticeMeters {
    private final Map<Notice.Kind, Map<Outcome, Counter>> counters = new EnumMap<>(Notice.Kind.class);

    NoticeMeters() {
        for (Notice.Kind kind : Notice.Kind.values()) {
            Map<Outcome, Counter> ofKind = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                ofKind.put(
                        outcome,
                        Meters.counter(
                                "notices",
                                "Mail to owners of API tokens, by what happened.",
                                "kind",
                                kind.value(),
                                "outcome",
                                outcome.name().toLowerCase(Locale.ROOT)));
            }
            counters.put(kind, ofKind);
        }
    }

    void count(Notice.Kind kind, Outcome outcome) {
        counters.get(kind).get(outcome).increment();
    }

    /** What became of a notice. */
    enum Outcome {
        SENT,
        FAILED,
        /** Too many waited. */
        DROPPED
    }
}
