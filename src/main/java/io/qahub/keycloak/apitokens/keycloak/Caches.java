package io.qahub.keycloak.apitokens.keycloak;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.cache.CaffeineStatsCounter;

/**
 * Creates caches of this node, with the same metrics as Keycloak's own. Keycloak's {@code LocalCacheProvider}, which does
 * the same, does not exist before 26.5.
 */
public final class Caches {
    private Caches() {}

    /** Creates a cache; {@code name} is the value of the tag {@code cache} in Keycloak's metrics. */
    public static <K, V> Cache<K, V> create(String name, ServerSetting maxCount) {
        CaffeineStatsCounter counter = new CaffeineStatsCounter(Metrics.globalRegistry, name);
        Cache<K, V> cache = Caffeine.newBuilder()
                .maximumSize(maxCount.get())
                .recordStats(() -> counter)
                .build();
        counter.registerSizeMetric(cache);
        return cache;
    }
}
