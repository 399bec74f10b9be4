package io.qahub.keycloak.apitokens.model;

import java.time.Instant;

/**
 * A secret that a rotation replaced.
 *
 * @param hash the bcrypt hash of the secret
 * @param until the time at which the secret stops being valid
 */
public record PreviousSecret(String hash, Instant until) {
    /** Omits the hash. */
    @Override
    public String toString() {
        return "PreviousSecret[until=" + until + "]";
    }

    /** Returns this secret as one that is no longer valid, whatever the clock of a node shows. */
    PreviousSecret ended() {
        return new PreviousSecret(hash, Instant.EPOCH);
    }

    PreviousSecret endingBy(Instant end) {
        return until.isAfter(end) ? new PreviousSecret(hash, end) : this;
    }
}
