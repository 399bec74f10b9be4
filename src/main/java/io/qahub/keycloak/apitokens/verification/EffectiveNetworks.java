package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.keycloak.Misconfiguration;
import io.qahub.keycloak.apitokens.model.AllowedNetworks;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import org.keycloak.models.RealmModel;

/** Determines the networks from which a token can be used now. */
final class EffectiveNetworks {
    private EffectiveNetworks() {}

    /** Returns the networks that both the token and its realm allow; none if those of the realm are invalid. */
    static AllowedNetworks of(RealmModel realm, ApiToken token) {
        try {
            return token.allowedNetworks().and(TokenPolicy.allowedNetworks(realm));
        } catch (InvalidPolicyException e) {
            Misconfiguration.warn("Realm %s: no API token is accepted: %s".formatted(realm.getName(), e.getMessage()));
            return AllowedNetworks.NONE;
        }
    }
}
