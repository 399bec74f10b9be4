package io.qahub.keycloak.apitokens.rest.gateway;

import io.qahub.keycloak.apitokens.model.EffectiveScopes;

/**
 * The user on whose behalf a request was sent, and the scopes of the token in the request.
 *
 * @param prefix the prefix of the API token; empty if the token is an access token of Keycloak
 * @param organization the alias of the organization that the API token is bound to; empty if none
 */
record AuthenticatedSubject(
        String userId, String username, EffectiveScopes scopes, String prefix, String organization) {
    boolean hasApiToken() {
        return !prefix.isEmpty();
    }
}
