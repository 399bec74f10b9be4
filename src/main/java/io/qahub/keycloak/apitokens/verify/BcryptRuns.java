package io.qahub.keycloak.apitokens.verify;

import io.micrometer.core.instrument.Timer;
import io.qahub.keycloak.apitokens.metrics.Meters;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.SecretHasher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Runs bcrypts, so many at once and no more; says when that is not enough. */
final class BcryptRuns {
    private static final Logger LOG = Logger.getLogger(BcryptRuns.class);
    private static final long BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);

    private final int bound;
    private final Turns turns;
    private final Timer timer =
            Meters.timer("bcrypt", "Runs of bcrypt over secrets of API tokens.", "operation", "verify");
    private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - BETWEEN_WARNINGS);

    BcryptRuns(int bound) {
        this.bound = bound;
        this.turns = new Turns(bound, this::warn);
        Meters.gauge("bcrypt.waiting", "Verifications that wait for bcrypt.", turns, Turns::waiting);
    }

    /**
     * Tells whether {@code secret} is the one that {@code hash} was made from.
     *
     * @throws VerificationBusyException if too many others were first
     */
    boolean matches(Secret secret, String hash) {
        return turns.take(() -> run(secret, hash));
    }

    private boolean run(Secret secret, String hash) {
        LOG.trace("bcrypt");
        return timer.record(() -> SecretHasher.matches(secret, hash));
    }

    private void warn() {
        long now = System.nanoTime();
        long last = warnedAt.get();
        if (now - last >= BETWEEN_WARNINGS && warnedAt.compareAndSet(last, now)) {
            LOG.warnf(
                    "%d first verifications of API tokens wait for bcrypt, which runs %d at once: somebody may be trying"
                            + " wrong secrets (api_tokens_verifications_total, reason wrong_secret). Verified tokens are"
                            + " not affected. If the uses are genuine, raise"
                            + " --spi-api-token-verifier--default--concurrent-bcrypt.",
                    turns.waiting() + 1, bound);
        }
    }
}
