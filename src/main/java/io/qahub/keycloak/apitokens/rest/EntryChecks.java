package io.qahub.keycloak.apitokens.rest;

import io.qahub.keycloak.apitokens.http.RealmChecks;
import org.keycloak.models.KeycloakSession;

/** The checks of every request below {@code /realms/{realm}/api-tokens}, before its endpoint is called. */
final class EntryChecks {
    private EntryChecks() {}

    /** Responds with an error if the request cannot be served; adds CORS headers to responses to owners. */
    static void require(KeycloakSession session) {
        if (OwnerCors.isPreflight(session)) {
            // A browser sends no credentials with a preflight request, and does not pass on an error to the page.
            MethodGuard.require(session);
            return;
        }
        if (MethodGuard.isOwnersPath(session)) {
            OwnerCors.apply(session);
        }
        RealmChecks.require(session);
        MethodGuard.require(session);
    }
}
