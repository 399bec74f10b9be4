package io.qahub.keycloak.apitokens.verify;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderFactory;

/** Makes {@link TokenVerifier}s that share what this node remembers. Settings: {@code --spi-api-token-verifier--default--…}. */
public final class TokenVerifierFactory implements ProviderFactory<TokenVerifier> {
    private static final String ROW_MAXIMUM_AGE = "rowMaximumAge";
    private static final String PREFIXES = "prefixes";
    private static final String PROOFS = "proofs";
    private static final String CONCURRENT_BCRYPT = "concurrentBcrypt";
    private static final int ROW_MAXIMUM_AGE_DEFAULT = 30;
    private static final int MAP_SIZE_DEFAULT = 100_000;

    private final Clock clock = Clock.systemUTC();
    private Config.Scope config;
    private volatile Memory memory;

    @Override
    public TokenVerifier create(KeycloakSession session) {
        Memory now = memory(session);
        return new TokenVerifier(session, now.ownerIds, now.rows, now.proofs, clock);
    }

    private Memory memory(KeycloakSession session) {
        Memory made = memory;
        if (made == null) {
            synchronized (this) {
                made = memory == null ? remember(session.getProvider(LocalCacheProvider.class)) : memory;
                memory = made;
            }
        }
        return made;
    }

    private Memory remember(LocalCacheProvider caches) {
        return new Memory(
                new OwnerIds(caches.create(cache("qh-api-token-owners", PREFIXES))),
                new TokenRows(Duration.ofSeconds(config.getInt(ROW_MAXIMUM_AGE, ROW_MAXIMUM_AGE_DEFAULT)), clock),
                new SecretProofs(
                        this.<String, byte[]>open(caches),
                        config.getInt(CONCURRENT_BCRYPT, concurrentBcryptDefault())));
    }

    private <K, V> LocalCache<K, V> open(LocalCacheProvider caches) {
        return caches.create(cache("qh-api-token-proofs", PROOFS));
    }

    private <K, V> LocalCacheConfiguration<K, V> cache(String name, String sizeSetting) {
        return LocalCacheConfiguration.<K, V>builder()
                .name(name)
                .maxSize(config.getInt(sizeSetting, MAP_SIZE_DEFAULT))
                .build();
    }

    private static int concurrentBcryptDefault() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    @Override
    public void init(Config.Scope config) {
        this.config = config;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property(ROW_MAXIMUM_AGE, "", "Seconds a cached token row is believed at most.", "int", "30", null)
                .property(PREFIXES, "", "How many prefixes this node remembers the owner of.", "int", "100000", null)
                .property(PROOFS, "", "How many proven secrets this node remembers.", "int", "100000", null)
                .property(
                        CONCURRENT_BCRYPT, "", "How many bcrypt runs at once; default half the cores.", "int", "", null)
                .build();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "default";
    }

    private record Memory(OwnerIds ownerIds, TokenRows rows, SecretProofs proofs) {}
}
