package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.keycloak.LogInterval;
import io.qahub.keycloak.apitokens.model.AllowedNetworks;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/** Determines the networks from which a token can be used now. */
final class EffectiveNetworks {
    private static final Logger LOG = Logger.getLogger(EffectiveNetworks.class);
    private static final LogInterval INTERVAL = new LogInterval();

    private EffectiveNetworks() {}

    /** Returns the networks that both the token and its realm allow; none if the policy of the realm is invalid. */
    static AllowedNetworks of(RealmModel realm, ApiToken token) {
        try {
            return token.allowedNetworks().and(TokenPolicy.allowedNetworks(realm));
        } catch (InvalidPolicyException e) {
            if (INTERVAL.isOver()) {
                LOG.warnf(
                        "Realm %s: no API token is accepted (logged once a minute): %s",
                        realm.getName(), e.getMessage());
            }
            return AllowedNetworks.NONE;
        }
    }
}
