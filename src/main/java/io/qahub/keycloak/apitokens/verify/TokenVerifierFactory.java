package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.model.ServerSetting;
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
import org.keycloak.provider.ProviderFactory;

/** Makes {@link TokenVerifier}s that share what this node remembers. Settings: {@code --spi-api-token-verifier--default--…}. */
public final class TokenVerifierFactory implements ProviderFactory<TokenVerifier> {
    private static final String SPI = "api-token-verifier";
    private static final int A_DAY = 86_400;
    private static final int MAP_SIZE_DEFAULT = 100_000;
    private static final int MAP_SIZE_MOST = 100_000_000;

    private static final ServerSetting ROW_MAXIMUM_AGE = new ServerSetting(
            SPI,
            "rowMaximumAge",
            30,
            0,
            A_DAY,
            "Seconds a cached token row is believed at most; 0 reads it each time.");
    private static final ServerSetting ROWS = new ServerSetting(
            SPI, "rows", MAP_SIZE_DEFAULT, 1, MAP_SIZE_MOST, "How many token rows this node remembers.");
    private static final ServerSetting PROOFS = new ServerSetting(
            SPI, "proofs", MAP_SIZE_DEFAULT, 1, MAP_SIZE_MOST, "How many proven secrets this node remembers.");
    private static final ServerSetting CONCURRENT_BCRYPT = new ServerSetting(
            SPI, "concurrentBcrypt", halfTheCores(), 1, 1024, "How many bcrypt runs at once; default half the cores.");

    private final Clock clock = Clock.systemUTC();
    private int rows;
    private int proofs;
    private Duration rowMaximumAge;
    private BcryptRuns bcrypts;
    private Turns lookUps;
    private VerificationMeters meters;
    private volatile Memory memory;

    @Override
    public TokenVerifier create(KeycloakSession session) {
        Memory now = memory(session);
        return new TokenVerifier(session, now.rows, now.proofs, meters, clock);
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

    /** The names are what Keycloak's metrics of its caches call them, such as {@code cache_size{cache="…"}}. */
    private Memory remember(LocalCacheProvider caches) {
        LocalCache<TokenRows.Key, TokenRows.Row> byPrefix = caches.create(cache("qh-api-token-rows", rows));
        LocalCache<String, byte[]> digests = caches.create(cache("qh-api-token-proofs", proofs));
        return new Memory(new TokenRows(byPrefix, lookUps, rowMaximumAge, clock), new SecretProofs(digests, bcrypts));
    }

    private static <K, V> LocalCacheConfiguration<K, V> cache(String name, int size) {
        return LocalCacheConfiguration.<K, V>builder().name(name).maxSize(size).build();
    }

    private static int halfTheCores() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    @Override
    public void init(Config.Scope config) {
        rows = ROWS.of(config);
        proofs = PROOFS.of(config);
        rowMaximumAge = Duration.ofSeconds(ROW_MAXIMUM_AGE.of(config));
        int atOnce = CONCURRENT_BCRYPT.of(config);
        bcrypts = new BcryptRuns(atOnce);
        // A bcrypt follows each that finds something, so that the same bound never holds a good token up.
        lookUps = new Turns(atOnce, () -> {});
        meters = new VerificationMeters();
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of(ROW_MAXIMUM_AGE.property(), ROWS.property(), PROOFS.property(), CONCURRENT_BCRYPT.property());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "default";
    }

    private record Memory(TokenRows rows, SecretProofs proofs) {}
}
