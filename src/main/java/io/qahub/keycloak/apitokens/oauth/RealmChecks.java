package io.qahub.keycloak.apitokens.oauth;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What Keycloak's introspection endpoint asks of a request before anything else, for endpoints of our own. */
public final class RealmChecks {
    private RealmChecks() {}

    /** IntrospectionResponses 403 unless the realm is enabled and the connection as safe as it demands. */
    public static void require(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        boolean plain = !session.getContext().getUri().getBaseUri().getScheme().equals("https");
        if (plain && realm.getSslRequired().isRequired(session.getContext().getConnection())) {
            throw OAuthError.of(403, "invalid_request", "HTTPS required");
        }
        if (!realm.isEnabled()) {
            throw OAuthError.of(403, "access_denied", "Realm not enabled");
        }
    }
}
