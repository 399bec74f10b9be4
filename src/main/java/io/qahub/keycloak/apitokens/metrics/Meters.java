package io.qahub.keycloak.apitokens.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.function.ToDoubleFunction;

/**
 * Registers meters as Keycloak does its own. Where metrics are off, the registry is empty and a meter does nothing.
 * Tags take their values from enumerations in the code, never from what a caller sends.
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

    /** Shows a number of {@code source} as {@code api_tokens_<name>}, for as long as somebody else holds the source. */
    public static <T> void gauge(String name, String help, T source, ToDoubleFunction<T> number) {
        Gauge.builder(PREFIX + name, source, number).description(help).register(Metrics.globalRegistry);
    }
}
