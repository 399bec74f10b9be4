package io.qahub.keycloak.apitokens.http;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The checks that Keycloak's introspection endpoint performs first, for all endpoints of this provider. */
public final class RealmChecks {
    private RealmChecks() {}

    /** Responds with 403 unless the realm is enabled and the connection meets its HTTPS requirement. */
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
