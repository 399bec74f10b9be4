package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When an owner is told that a token is about to expire, earliest first. */
public enum ExpiryNotice {
    WEEK(7),
    DAY(1);

    private final int days;

    ExpiryNotice(int days) {
        this.days = days;
    }

    /** Returns how many days before the expiry it is sent; later notices have fewer. */
    public int days() {
        return days;
    }

    /** Returns the latest expiry that this notice is for. */
    public Instant horizon(Instant now) {
        return now.plus(Duration.ofDays(days));
    }

    /** Returns the expiry after which it is this notice that is due and not a later one. */
    public Instant nearest(Instant now) {
        return this == WEEK ? DAY.horizon(now) : now;
    }

    /** Returns the last notice that a token has come too late for: whoever chose its expiry just now need not be told. */
    public static Optional<ExpiryNotice> missed(Instant expiresAt, Instant now) {
        Optional<ExpiryNotice> last = Optional.empty();
        for (ExpiryNotice notice : values()) {
            if (expiresAt != null && !expiresAt.isAfter(notice.horizon(now))) {
                last = Optional.of(notice);
            }
        }
        return last;
    }
}
