package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records which notices about tokens have been sent. */
public interface TokenNotices {
    /**
     * Finds up to {@code max} active tokens for which the notice is due, and marks it as sent.
     *
     * @return these tokens
     */
    List<ApiToken> claimExpiring(String realmId, ExpiryNotice notice, Instant now, int max);

    /** Marks {@code notice} and all earlier ones as sent; null marks all as not sent. */
    void skipExpiring(String id, @Nullable ExpiryNotice notice);

    /** Marks the notice about a replaced secret as sent; returns false if it was marked already since the rotation. */
    boolean claimReplacedSecret(ApiToken token, Instant now);
}
