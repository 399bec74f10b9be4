package io.qahub.keycloak.apitokens.rest.gateway;

import java.util.SortedSet;

/**
 * The user on whose behalf a request was sent, and the scopes of the token in the request.
 *
 * @param prefix the prefix of the API token; empty if the token is an access token of Keycloak
 */
record AuthenticatedSubject(String userId, String username, SortedSet<String> scopes, String prefix) {
    boolean hasApiToken() {
        return !prefix.isEmpty();
    }
}
