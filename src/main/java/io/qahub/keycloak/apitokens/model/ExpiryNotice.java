package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A notice to an owner that a token is about to expire; the earliest first. */
public enum ExpiryNotice {
    WEEK(7),
    DAY(1);

    private final int days;

    ExpiryNotice(int days) {
        this.days = days;
    }

    /** Returns the number of days before the expiry at which the notice is due. */
    public int days() {
        return days;
    }

    /** Returns the latest expiry for which this notice is due at {@code now}. */
    public Instant horizon(Instant now) {
        return now.plus(Duration.ofDays(days));
    }

    /** Returns the expiry up to which a later notice is due instead of this one, or {@code now} for the last notice. */
    public Instant nearest(Instant now) {
        return this == WEEK ? DAY.horizon(now) : now;
    }

    /** Returns the last notice already due at {@code now}. An owner who has just set the expiry does not need it. */
    public static Optional<ExpiryNotice> missed(@Nullable Instant expiresAt, Instant now) {
        Optional<ExpiryNotice> last = Optional.empty();
        for (ExpiryNotice notice : values()) {
            if (expiresAt != null && !expiresAt.isAfter(notice.horizon(now))) {
                last = Optional.of(notice);
            }
        }
        return last;
    }
}
