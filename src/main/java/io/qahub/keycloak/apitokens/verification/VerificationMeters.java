package io.qahub.keycloak.apitokens.verification;

import io.micrometer.core.instrument.Counter;
import io.qahub.keycloak.apitokens.keycloak.Meters;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.model.Verification.Inactive;
import io.qahub.keycloak.apitokens.model.Verification.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
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
        return count(
                verification,
                result -> result instanceof Inactive inactive ? Optional.of(inactive.reason()) : Optional.empty());
    }

    /** As {@link #count}, for the verification of a secret only; empty if it is accepted. */
    Optional<Reason> countRejection(Supplier<Optional<Reason>> verification) {
        return count(verification, Function.identity());
    }

    private <T> T count(Supplier<T> verification, Function<T, Optional<Reason>> rejection) {
        try {
            T result = verification.get();
            rejection
                    .apply(result)
                    .map(VerificationMeters::inactive)
                    .orElse(active)
                    .increment();
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
