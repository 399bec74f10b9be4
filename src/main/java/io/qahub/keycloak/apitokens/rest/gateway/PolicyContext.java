package io.qahub.keycloak.apitokens.rest.gateway;

import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.models.ClientModel;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.TokenIntrospectContext;

/** Creates the context in which client policies evaluate a gateway's request, which is that of introspection. */
final class PolicyContext {
    private PolicyContext() {}

    static ClientPolicyContext of(ClientModel caller, MultivaluedMap<String, String> form) {
        try {
            return new TokenIntrospectContext(caller, form);
        } catch (NoSuchMethodError e) {
            return beforeKeycloak266(form);
        }
    }

    /** Before 26.6, the constructor takes no client, and policies use the client of the session. */
    private static ClientPolicyContext beforeKeycloak266(MultivaluedMap<String, String> form) {
        try {
            return TokenIntrospectContext.class
                    .getConstructor(MultivaluedMap.class)
                    .newInstance(form);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This version of Keycloak is not supported", e);
        }
    }
}
