package io.qahub.keycloak.apitokens.representation;

import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/** The realm's policy where a request cannot go on without one. */
public final class RealmPolicy {
    private static final Logger LOG = Logger.getLogger(RealmPolicy.class);

    private RealmPolicy() {}

    /** Returns the policy; answers 403 and says so in the log if it is wrong. */
    public static TokenPolicy require(RealmModel realm) {
        try {
            return TokenPolicy.of(realm);
        } catch (InvalidPolicyException e) {
            LOG.errorf("Realm %s creates no API tokens: %s", realm.getName(), e.getMessage());
            throw OAuthError.of(
                    403, "access_denied", "No tokens can be created now: " + e.getMessage() + " Ask an administrator.");
        }
    }
}
