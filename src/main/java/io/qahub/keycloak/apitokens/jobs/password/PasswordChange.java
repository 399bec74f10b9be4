package io.qahub.keycloak.apitokens.jobs.password;

import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.OwnerRevocation;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;

/** A change of a user's password, which revokes the user's tokens if the realm's policy requires it. */
record PasswordChange(KeycloakSession session, RealmModel realm, String userId) {
    private static final Logger LOG = Logger.getLogger(PasswordChange.class);
    // Without apostrophes: Keycloak's admin API reads messages as patterns of MessageFormat, which removes them.
    private static final String NOT_CHANGED =
            "The password was not changed, because the API tokens of the user could not be revoked. Try again.";
    private static final String CHANGED_IN_DIRECTORY = "The password was changed in the directory, but the API tokens"
            + " could not be revoked. Change it again, or revoke the tokens.";

    /**
     * Revokes the user's tokens in the transaction of the session, which also writes the password.
     *
     * @throws ModelException if that fails; the transaction is then rolled back
     */
    void revokeTokens() {
        revokeTokens(NOT_CHANGED);
    }

    /**
     * Revokes the user's tokens in the transaction of the session, after the password was written outside it.
     *
     * @throws ModelException if that fails; the transaction is then rolled back, but the password remains changed
     */
    void revokeTokensAfterDirectory() {
        revokeTokens(CHANGED_IN_DIRECTORY);
    }

    private void revokeTokens(String failure) {
        runIfRequired(() -> OwnerRevocation.revokeAll(session, realm, userId, RevokedBy.PASSWORD_CHANGE), failure);
    }

    /**
     * Reads the user's tokens.
     *
     * @throws ModelException if that fails; the transaction is then rolled back
     */
    void requireTokens() {
        TokenFilter filter = TokenFilter.notRevoked().withOwners(Set.of(userId));
        runIfRequired(() -> session.getProvider(ApiTokens.class).listByOwner(realm, filter, null, 1), NOT_CHANGED);
    }

    private void runIfRequired(Runnable action, String failure) {
        if (!isRequired()) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Realm %s: the API tokens of user %s could not be revoked", realm.getName(), userId);
            session.getTransactionManager().setRollbackOnly();
            // Keycloak shows the message to the person who sets the password.
            throw new ModelException(failure, e);
        }
    }

    /** Also returns true if the policy is invalid, to fail closed. */
    private boolean isRequired() {
        try {
            return TokenPolicy.of(realm).revokeOnPasswordChange();
        } catch (InvalidPolicyException e) {
            LOG.errorf(
                    "Realm %s: a password change revokes API tokens, because the policy is invalid: %s",
                    realm.getName(), e.getMessage());
            return true;
        }
    }
}
