package io.qahub.keycloak.apitokens.keycloak;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.function.ToDoubleFunction;

/**
 * Registers meters in the registry that Keycloak uses. If metrics are disabled, meters do nothing. Tag values come from
 * enumerations, never from requests.
 */
public final class Meters {
    private static final String PREFIX = "api.tokens.";

    private Meters() {}

    /** Returns the counter {@code api_tokens_<name>_total}; {@code tags} alternates names and values. */
    public static Counter counter(String name, String help, String... tags) {
        return Counter.builder(PREFIX + name).description(help).tags(tags).register(Metrics.globalRegistry);
    }

    /** Returns the timer {@code api_tokens_<name>_seconds}; {@code tags} alternates names and values. */
    public static Timer timer(String name, String help, String... tags) {
        return Timer.builder(PREFIX + name).description(help).tags(tags).register(Metrics.globalRegistry);
    }

    /** Registers the gauge {@code api_tokens_<name>}, which holds only a weak reference to {@code source}. */
    public static <T> void gauge(String name, String help, T source, ToDoubleFunction<T> number) {
        Gauge.builder(PREFIX + name, source, number).description(help).register(Metrics.globalRegistry);
    }
}
