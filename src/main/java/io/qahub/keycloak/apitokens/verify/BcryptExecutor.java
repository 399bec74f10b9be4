package io.qahub.keycloak.apitokens.verify;

import io.micrometer.core.instrument.Timer;
import io.qahub.keycloak.apitokens.metrics.Meters;
import io.qahub.keycloak.apitokens.model.ServerSetting;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.SecretHasher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Limits concurrent bcrypt operations, and logs a warning if verifications wait for more than a second. */
final class BcryptExecutor {
    private static final Logger LOG = Logger.getLogger(BcryptExecutor.class);
    private static final long WARNING_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private final int limit;
    private final ConcurrencyLimiter limiter;
    private final Timer timer =
            Meters.timer("bcrypt", "bcrypt operations on secrets of API tokens.", "operation", "verify");
    private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - WARNING_INTERVAL);

    BcryptExecutor(int limit) {
        this.limit = limit;
        this.limiter = new ConcurrencyLimiter(limit, this::warn);
        Meters.gauge("bcrypt.waiting", "Verifications waiting for bcrypt.", limiter, ConcurrencyLimiter::waiting);
    }

    /**
     * Returns whether {@code hash} is a bcrypt hash of {@code secret}.
     *
     * @throws VerificationBusyException if no bcrypt operation can start within ten seconds
     */
    boolean matches(Secret secret, String hash) {
        return limiter.run(() -> run(secret, hash));
    }

    private boolean run(Secret secret, String hash) {
        LOG.trace("bcrypt");
        return timer.record(() -> SecretHasher.matches(secret, hash));
    }

    private void warn() {
        long now = System.nanoTime();
        long last = warnedAt.get();
        if (now - last >= WARNING_INTERVAL && warnedAt.compareAndSet(last, now)) {
            LOG.warnf(
                    "%d first verifications of API tokens are waiting for bcrypt (%d run concurrently). Someone may be trying"
                            + " wrong secrets (api_tokens_verifications_total, reason wrong_secret). Tokens that this"
                            + " node has already verified are not affected. If the verifications are genuine, raise %s.",
                    limiter.waiting() + 1, limit, ServerSetting.BCRYPT_CONCURRENCY.option());
        }
    }
}
