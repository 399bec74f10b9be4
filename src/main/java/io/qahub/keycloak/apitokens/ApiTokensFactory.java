package io.qahub.keycloak.apitokens;

import io.qahub.keycloak.apitokens.jobs.Lifecycle;
import io.qahub.keycloak.apitokens.jpa.JpaApiTokenStore;
import io.qahub.keycloak.apitokens.keycloak.Caches;
import io.qahub.keycloak.apitokens.keycloak.ClusterMessages;
import io.qahub.keycloak.apitokens.keycloak.DigestKeySetting;
import io.qahub.keycloak.apitokens.keycloak.GithubKeysSetting;
import io.qahub.keycloak.apitokens.keycloak.ServerSetting;
import io.qahub.keycloak.apitokens.keycloak.SupportedVersions;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.TokenVerifier;
import io.qahub.keycloak.apitokens.rest.github.GithubKeys;
import io.qahub.keycloak.apitokens.token.DigestKey;
import io.qahub.keycloak.apitokens.token.SecretHasher;
import io.qahub.keycloak.apitokens.verification.BcryptExecutor;
import io.qahub.keycloak.apitokens.verification.CachingTokenVerifier;
import io.qahub.keycloak.apitokens.verification.StoredDigests;
import io.qahub.keycloak.apitokens.verification.TokenCache;
import io.qahub.keycloak.apitokens.verification.VerifiedSecrets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/**
 * Creates {@link ApiTokens} and the components that all requests to this node share. For the settings, see
 * {@link ServerSetting}, {@link DigestKeySetting} and {@link GithubKeysSetting}.
 */
public final class ApiTokensFactory implements ProviderFactory<ApiTokens> {
    private static final Logger LOG = Logger.getLogger(ApiTokensFactory.class);

    private final Clock clock = Clock.systemUTC();
    private BcryptExecutor bcrypts;
    private List<DigestKey> digestKeys = List.of();
    private VerifiedSecrets verifiedSecrets;
    private TokenVerifier verifier;
    private @Nullable Lifecycle lifecycle;

    /** Checks the version and reads all settings: the server does not start on an unsupported version, or if one is invalid. */
    @Override
    public void init(Config.Scope config) {
        SupportedVersions.check();
        for (ServerSetting setting : ServerSetting.values()) {
            setting.get();
        }
        digestKeys = DigestKeySetting.read(DigestKey::parse).orElse(List.of());
        GithubKeysSetting.GITHUB_KEYS_FILE.read(GithubKeys::parse);
        bcrypts = new BcryptExecutor(
                ServerSetting.BCRYPT_CONCURRENCY.get(), new SecretHasher(ServerSetting.BCRYPT_COST.get()));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        verifiedSecrets = new VerifiedSecrets(
                Caches.create("qh-api-token-verified-secrets", ServerSetting.VERIFIED_SECRETS_MAX_COUNT),
                bcrypts,
                storedDigests(factory));
        verifier = verifier(factory);
        Lifecycle started = new Lifecycle(
                Caches.create("qh-api-token-replaced-secrets", ServerSetting.REPLACED_SECRETS_MAX_COUNT), clock);
        factory.register(started::onEvent);
        lifecycle = started;
    }

    private StoredDigests storedDigests(KeycloakSessionFactory factory) {
        StoredDigests digests = new StoredDigests(factory::publish);
        if (!digestKeys.isEmpty()) {
            digests.use(digestKeys);
        }
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                DigestKeySetting.readVault(factory, DigestKey::parse).ifPresent(digests::use);
            }
        });
        return digests;
    }

    private TokenVerifier verifier(KeycloakSessionFactory factory) {
        TokenCache tokens = new TokenCache(
                Caches.create("qh-api-token-cache", ServerSetting.CACHED_TOKENS_MAX_COUNT),
                // Without stored digests, a bcrypt operation follows each lookup that finds a token.
                ServerSetting.BCRYPT_CONCURRENCY.get(),
                cacheMaxAge(factory),
                Duration.ofSeconds(ServerSetting.LAST_USED_INTERVAL.get()));
        return new CachingTokenVerifier(tokens, verifiedSecrets, clock);
    }

    /** Returns the setting, or zero if a change to a token may return before all nodes have processed it. */
    private static Duration cacheMaxAge(KeycloakSessionFactory factory) {
        if (ClusterMessages.areSynchronous(factory)) {
            return Duration.ofSeconds(ServerSetting.CACHE_MAX_AGE.get());
        }
        LOG.info("Each verification reads the token from the database, because Keycloak does not always wait until all"
                + " nodes have processed a change");
        return Duration.ZERO;
    }

    @Override
    public ApiTokens create(KeycloakSession session) {
        return new ApiTokens(
                session,
                () -> new JpaApiTokenStore(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager()),
                verifier,
                verifiedSecrets,
                clock);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.of(ServerSetting.properties(), DigestKeySetting.properties(), GithubKeysSetting.properties())
                .flatMap(List::stream)
                .toList();
    }

    /** Ensures that this is initialized before this provider and closed after it. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public void close() {
        if (lifecycle != null) { // null if the server did not start because of an invalid setting
            lifecycle.close();
        }
    }

    @Override
    public String getId() {
        return "default";
    }
}
