package io.qahub.keycloak.apitokens.verification;

import org.keycloak.models.ClientModel;

/** The clients that may verify tokens: those that have the client scope {@code api-tokens}. */
public final class ResourceServers {
    private static final String CLIENT_SCOPE = "api-tokens";

    private ResourceServers() {}

    /** Returns whether {@code client} is a resource server: has the client scope, default or optional. */
    public static boolean includes(ClientModel client) {
        return client.getClientScopes(true).containsKey(CLIENT_SCOPE)
                || client.getClientScopes(false).containsKey(CLIENT_SCOPE);
    }
}
