package io.qahub.keycloak.apitokens.keycloak;

import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.models.ClientModel;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.TokenIntrospectContext;

/** Creates the context in which client policies evaluate an introspection request. */
public final class IntrospectionPolicyContext {
    private IntrospectionPolicyContext() {}

    /** Creates the context of a request of this client, with these parameters. */
    public static ClientPolicyContext of(ClientModel caller, MultivaluedMap<String, String> form) {
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
            throw new IllegalStateException(e);
        }
    }
}
