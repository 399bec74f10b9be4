package io.qahub.keycloak.apitokens.gateway;

import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.models.ClientModel;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.TokenIntrospectContext;

/** What client policies hear of a gateway's question: the same as of an introspection. */
final class PolicyContext {
    private PolicyContext() {}

    static ClientPolicyContext of(ClientModel caller, MultivaluedMap<String, String> form) {
        try {
            return new TokenIntrospectContext(caller, form);
        } catch (NoSuchMethodError e) {
            return beforeKeycloak266(form);
        }
    }

    /** There the session's client was meant. */
    private static ClientPolicyContext beforeKeycloak266(MultivaluedMap<String, String> form) {
        try {
            return TokenIntrospectContext.class
                    .getConstructor(MultivaluedMap.class)
                    .newInstance(form);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This Keycloak is not supported", e);
        }
    }
}
