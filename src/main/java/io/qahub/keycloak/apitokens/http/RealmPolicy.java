package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/** Reads the policy for requests that require a valid one. */
public final class RealmPolicy {
    private static final Logger LOG = Logger.getLogger(RealmPolicy.class);

    private RealmPolicy() {}

    /** Returns the policy; logs an error and responds with 403 if it is invalid. */
    public static TokenPolicy require(RealmModel realm) {
        try {
            return TokenPolicy.of(realm);
        } catch (InvalidPolicyException e) {
            LOG.errorf("Realm %s: no API tokens can be created: %s", realm.getName(), e.getMessage());
            throw OAuthError.of(
                    403, "access_denied", "No tokens can be created now: " + e.getMessage() + " Ask an administrator.");
        }
    }
}
