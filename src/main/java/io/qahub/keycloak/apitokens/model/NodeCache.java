package io.qahub.keycloak.apitokens.model;

import java.util.function.UnaryOperator;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;

/** A bounded map of this node in Keycloak's {@link LocalCache}, made when it is first used: no factory has a session before. */
public final class NodeCache<K, V> {
    private final UnaryOperator<LocalCacheConfiguration.Builder<K, V>> configuration;
    private volatile LocalCache<K, V> made;

    private NodeCache(UnaryOperator<LocalCacheConfiguration.Builder<K, V>> configuration) {
        this.configuration = configuration;
    }

    /**
     * Takes its name, which is what Keycloak's metrics call it, such as {@code cache_size{cache="…"}}, how many entries it has at
     * most, and what else is to be set.
     */
    public static <K, V> NodeCache<K, V> of(
            String name, int most, UnaryOperator<LocalCacheConfiguration.Builder<K, V>> more) {
        return new NodeCache<>(builder -> more.apply(builder.name(name).maxSize(most)));
    }

    /** The same with nothing else to be set. */
    public static <K, V> NodeCache<K, V> of(String name, int most) {
        return of(name, most, UnaryOperator.identity());
    }

    /** Returns the map; the session is that of whoever asks. */
    public LocalCache<K, V> in(KeycloakSession session) {
        LocalCache<K, V> cache = made;
        if (cache == null) {
            synchronized (this) {
                cache = made == null ? make(session) : made;
                made = cache;
            }
        }
        return cache;
    }

    private LocalCache<K, V> make(KeycloakSession session) {
        return session.getProvider(LocalCacheProvider.class)
                .create(configuration.apply(LocalCacheConfiguration.builder()).build());
    }
}
