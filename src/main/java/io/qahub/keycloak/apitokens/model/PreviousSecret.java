package io.qahub.keycloak.apitokens.model;

import java.time.Instant;

/**
 * A secret that a rotation replaced.
 *
 * @param hash its bcrypt hash
 * @param until when it stops working
 */
public record PreviousSecret(String hash, Instant until) {
    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "PreviousSecret[until=" + until + "]";
    }

    PreviousSecret endingBy(Instant end) {
        return until.isAfter(end) ? new PreviousSecret(hash, end) : this;
    }
}
