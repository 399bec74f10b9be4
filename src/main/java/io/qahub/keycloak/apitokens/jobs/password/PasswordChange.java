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

    /**
     * Revokes the user's tokens in the transaction of the session.
     *
     * @throws ModelException if that fails; the transaction is then rolled back
     */
    void revokeTokens() {
        runIfRequired(() -> OwnerRevocation.revokeAll(session, realm, userId, RevokedBy.PASSWORD_CHANGE));
    }

    /**
     * Reads the user's tokens.
     *
     * @throws ModelException if that fails; the transaction is then rolled back
     */
    void requireTokens() {
        TokenFilter filter = TokenFilter.notRevoked().withOwners(Set.of(userId));
        runIfRequired(() -> session.getProvider(ApiTokens.class).listByOwner(realm, filter, null, 1));
    }

    private void runIfRequired(Runnable action) {
        if (!isRequired()) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Realm %s: the API tokens of user %s could not be revoked", realm.getName(), userId);
            session.getTransactionManager().setRollbackOnly();
            // Keycloak shows the message to the person who sets the password.
            throw new ModelException("The API tokens of the user could not be revoked.", e);
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
