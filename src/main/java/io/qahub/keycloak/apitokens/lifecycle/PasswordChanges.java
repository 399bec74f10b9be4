package io.qahub.keycloak.apitokens.lifecycle;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Revokes an owner's tokens when the password changes, where the realm wants that. */
record PasswordChanges(KeycloakSession session) {
    private static final Logger LOG = Logger.getLogger(PasswordChanges.class);
    private static final int BATCH = 500;

    void onChange(RealmModel realm, String userId) {
        if (!isWanted(realm)) {
            return;
        }
        ApiTokens tokens = session.getProvider(ApiTokens.class);
        TokenFilter filter = TokenFilter.notRevoked().withOwners(Set.of(userId));
        List<ApiToken> batch = tokens.list(realm, TokenQuery.newest(filter, 0, BATCH));
        while (!batch.isEmpty()) {
            tokens.revoke(realm, batch, RevokedBy.PASSWORD_CHANGE);
            batch = tokens.list(realm, TokenQuery.newest(filter, 0, BATCH));
        }
    }

    /** A policy that cannot be read ends the tokens: fail closed. */
    private static boolean isWanted(RealmModel realm) {
        try {
            return TokenPolicy.of(realm).revokeOnPasswordChange();
        } catch (InvalidPolicyException e) {
            LOG.errorf("Realm %s: a changed password revokes API tokens: %s", realm.getName(), e.getMessage());
            return true;
        }
    }
}
