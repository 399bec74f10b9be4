package io.qahub.keycloak.apitokens.verification;

import io.micrometer.core.instrument.Timer;
import io.qahub.keycloak.apitokens.keycloak.DigestKeySetting;
import io.qahub.keycloak.apitokens.keycloak.LogInterval;
import io.qahub.keycloak.apitokens.keycloak.Meters;
import io.qahub.keycloak.apitokens.keycloak.ServerSetting;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.SecretHasher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Runs all bcrypt operations of this node, a limited number at a time. A waiting operation occupies a worker thread,
 * which logins need; an operation that would wait too long is therefore rejected. Logs a warning if an operation waits
 * for a second or is rejected.
 */
public final class BcryptExecutor {
    private static final Logger LOG = Logger.getLogger(BcryptExecutor.class);

    private static final Duration MAX_WAIT = Duration.ofMillis(1900);

    private final int limit;
    private final ConcurrencyLimiter limiter;
    private final SecretHasher hasher;
    private final LogInterval warnings = new LogInterval();
    private final Timer verifying = timer("verify");
    private final Timer hashing = timer("hash");

    /** Creates an executor with the maximum number of concurrent operations, and the hasher for new secrets. */
    public BcryptExecutor(int limit, SecretHasher hasher) {
        this.limit = limit;
        this.hasher = hasher;
        this.limiter = new ConcurrencyLimiter(limit, this::warn);
        Meters.gauge("bcrypt.waiting", "Operations waiting for bcrypt.", limiter, ConcurrencyLimiter::waiting);
    }

    /**
     * Returns the first of the bcrypt hashes that matches {@code secret}; empty if none does.
     *
     * @throws VerificationBusyException if too many operations are waiting
     */
    Optional<String> firstMatch(Secret secret, List<String> hashes, Purpose purpose) {
        return limiter.run(purpose.expectedWait, MAX_WAIT, () -> hashes.stream()
                .filter(hash -> matches(secret, hash))
                .findFirst());
    }

    private boolean matches(Secret secret, String hash) {
        LOG.trace("bcrypt");
        return verifying.record(() -> SecretHasher.matches(secret, hash));
    }

    /**
     * Returns a bcrypt hash of a new secret.
     *
     * @throws VerificationBusyException if too many operations are waiting
     */
    String hash(Secret secret) {
        return limiter.run(Purpose.CHANGE.expectedWait, MAX_WAIT, () -> hashing.record(() -> hasher.hash(secret)));
    }

    private static Timer timer(String operation) {
        return Meters.timer("bcrypt", "bcrypt operations on secrets of API tokens.", "operation", operation);
    }

    private void warn() {
        if (warnings.isOver()) {
            LOG.warnf(
                    "%d operations on API tokens are waiting for bcrypt (%d run concurrently). Someone may be trying"
                            + " wrong secrets (api_tokens_verifications_total, reason wrong_secret). Tokens that this"
                            + " node has already verified are not affected. If the operations are genuine, set %s, or raise %s.",
                    limiter.waiting() + 1,
                    limit,
                    DigestKeySetting.DIGEST_KEYS_FILE.option(),
                    ServerSetting.BCRYPT_CONCURRENCY.option());
        }
    }

    /** The purpose of an operation, which determines how long it may be expected to wait. */
    enum Purpose {
        VERIFICATION(Duration.ofMillis(1500)),
        /** Creation, rotation and revocation, which are still accepted when verifications are rejected. */
        CHANGE(Duration.ofMillis(1800));

        private final Duration expectedWait;

        Purpose(Duration expectedWait) {
            this.expectedWait = expectedWait;
        }
    }
}
