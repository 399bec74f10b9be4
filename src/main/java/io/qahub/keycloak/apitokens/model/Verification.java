package io.qahub.keycloak.apitokens.model;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/** The verdict on a token string. */
public sealed interface Verification {
    /** The token is good. */
    record Active(ApiToken token, UserModel owner) implements Verification {}

    /**
     * The token is not good; the reason is for events, never for the caller.
     *
     * @param prefix null where the string was malformed
     * @param ownerId null where no owner is known
     */
    record Inactive(
            Reason reason,
            @Nullable String prefix,
            @Nullable String ownerId) implements Verification {}

    /** Why a token is not good. */
    enum Reason {
        MALFORMED,
        UNKNOWN,
        OWNER_DISABLED,
        REVOKED,
        EXPIRED,
        WRONG_SECRET,
        /** A rotation replaced the secret, and its time to go on is over. */
        REPLACED_SECRET
    }
}
