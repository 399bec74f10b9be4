package io.qahub.keycloak.apitokens.verification;

import io.micrometer.core.instrument.Counter;
import io.qahub.keycloak.apitokens.keycloak.Meters;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.model.Verification.Inactive;
import io.qahub.keycloak.apitokens.model.Verification.Reason;
import java.util.Locale;
import java.util.function.Supplier;

/** Counts verifications in {@code api_tokens_verifications_total}. All series exist from the start, at zero. */
final class VerificationMeters {
    private final Counter active = counter("active", "none");
    private final Counter busy = counter("unavailable", "busy");
    private final Counter failed = counter("unavailable", "failed");

    VerificationMeters() {
        for (Reason reason : Reason.values()) {
            inactive(reason);
        }
    }

    private static Counter inactive(Reason reason) {
        return counter("inactive", reason.name().toLowerCase(Locale.ROOT));
    }

    private static Counter counter(String result, String reason) {
        return Meters.counter(
                "verifications", "Verifications of API tokens, by result.", "result", result, "reason", reason);
    }

    Verification count(Supplier<Verification> verification) {
        try {
            Verification result = verification.get();
            (result instanceof Inactive rejected ? inactive(rejected.reason()) : active).increment();
            return result;
        } catch (VerificationBusyException e) {
            busy.increment();
            throw e;
        } catch (RuntimeException e) {
            failed.increment();
            throw e;
        }
    }
}
