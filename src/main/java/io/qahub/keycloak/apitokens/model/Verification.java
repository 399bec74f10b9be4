package io.qahub.keycloak.apitokens.model;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/** The result of a verification. */
public sealed interface Verification {
    /**
     * The token is active.
     *
     * @param scopes what the token may do now, at the resource server for which it was verified
     * @param networks the networks from which it can be used now, by its own restriction and that of the realm
     * @param secretHash the bcrypt hash that the secret matched; null if no secret was presented
     */
    record Active(
            ApiToken token,
            UserModel owner,
            EffectiveScopes scopes,
            AllowedNetworks networks,
            @Nullable String secretHash)
            implements Verification {}

    /**
     * The token is inactive. The reason is for events and metrics; it must not be returned to the caller.
     *
     * @param prefix null if the token string was malformed
     * @param ownerId null if the token does not exist
     */
    record Inactive(
            Reason reason,
            @Nullable String prefix,
            @Nullable String ownerId) implements Verification {}

    /** Why a token is inactive. */
    enum Reason {
        MALFORMED,
        UNKNOWN,
        OWNER_DISABLED,
        REVOKED,
        EXPIRED,
        /** The policy revokes tokens that were created before a not-before time. */
        LOGGED_OUT,
        /** None of the token's scopes is grantable, assigned to the resource server, and permitted by the owner's roles. */
        NO_SCOPE,
        /** The owner is not a member of the token's organization, or it is disabled or deleted. */
        NOT_MEMBER,
        WRONG_SECRET,
        /** A rotation has replaced the secret, and its overlap is over. */
        REPLACED_SECRET,
        /** The token or the realm restricts networks, and the address of the caller is not known. */
        ADDRESS_UNKNOWN,
        /** The address of the caller is outside the networks of the token or of the realm. */
        ADDRESS_NOT_ALLOWED
    }
}
