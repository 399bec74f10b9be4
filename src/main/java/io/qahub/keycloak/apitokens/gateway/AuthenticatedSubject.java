package io.qahub.keycloak.apitokens.gateway;

import io.qahub.keycloak.apitokens.model.Scope;
import java.util.Set;

/**
 * Who sent a request, and what their token lets them do.
 *
 * @param prefix that of the API token; empty for an access token of Keycloak's own
 */
record AuthenticatedSubject(String userId, String username, Set<Scope> scopes, String prefix) {
    boolean hasApiToken() {
        return !prefix.isEmpty();
    }
}
