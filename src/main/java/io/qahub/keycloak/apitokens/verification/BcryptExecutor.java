package io.qahub.keycloak.apitokens.verification;

import io.micrometer.core.instrument.Timer;
import io.qahub.keycloak.apitokens.keycloak.LogInterval;
import io.qahub.keycloak.apitokens.keycloak.Meters;
import io.qahub.keycloak.apitokens.keycloak.ServerSetting;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.SecretHasher;
import org.jboss.logging.Logger;

/** Runs all bcrypt operations of this node, a limited number at once; logs a warning if they wait for a second. */
public final class BcryptExecutor {
    private static final Logger LOG = Logger.getLogger(BcryptExecutor.class);

    private final int limit;
    private final ConcurrencyLimiter limiter;
    private final SecretHasher hasher;
    private final LogInterval warnings = new LogInterval();
    private final Timer verifying = timer("verify");
    private final Timer hashing = timer("hash");

    /** Takes the maximum number of concurrent operations, and the hasher for new secrets. */
    public BcryptExecutor(int limit, SecretHasher hasher) {
        this.limit = limit;
        this.hasher = hasher;
        this.limiter = new ConcurrencyLimiter(limit, this::warn);
        Meters.gauge("bcrypt.waiting", "Operations waiting for bcrypt.", limiter, ConcurrencyLimiter::waiting);
    }

    /**
     * Returns whether {@code hash} is a bcrypt hash of {@code secret}.
     *
     * @throws VerificationBusyException if no bcrypt operation can start within ten seconds
     */
    boolean matches(Secret secret, String hash) {
        return limiter.run(() -> {
            LOG.trace("bcrypt");
            return verifying.record(() -> SecretHasher.matches(secret, hash));
        });
    }

    /**
     * Returns a bcrypt hash of a new secret.
     *
     * @throws VerificationBusyException if no bcrypt operation can start within ten seconds
     */
    String hash(Secret secret) {
        return limiter.run(() -> hashing.record(() -> hasher.hash(secret)));
    }

    private static Timer timer(String operation) {
        return Meters.timer("bcrypt", "bcrypt operations on secrets of API tokens.", "operation", operation);
    }

    private void warn() {
        if (warnings.isOver()) {
            LOG.warnf(
                    "%d operations on API tokens are waiting for bcrypt (%d run concurrently). Someone may be trying"
                            + " wrong secrets (api_tokens_verifications_total, reason wrong_secret). Tokens that this"
                            + " node has already verified are not affected. If the operations are genuine, raise %s.",
                    limiter.waiting() + 1, limit, ServerSetting.BCRYPT_CONCURRENCY.option());
        }
    }
}
