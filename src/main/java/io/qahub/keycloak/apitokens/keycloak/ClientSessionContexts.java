package io.qahub.keycloak.apitokens.keycloak;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.util.DefaultClientSessionContext;

/** Creates Keycloak's contexts for protocol mappers. */
public final class ClientSessionContexts {
    /** Takes the names of restricted scopes, too, since 26.5. */
    private static final Method FACTORY = Stream.of(DefaultClientSessionContext.class.getMethods())
            .filter(method -> method.getName().equals("fromClientSessionAndClientScopes"))
            .findFirst()
            .orElseThrow();

    private ClientSessionContexts() {}

    /** Creates a context with these client scopes. */
    public static ClientSessionContext create(
            AuthenticatedClientSessionModel clientSession, Set<ClientScopeModel> scopes, KeycloakSession session) {
        return FACTORY.getParameterCount() == 3
                ? beforeKeycloak265(clientSession, scopes, session)
                : DefaultClientSessionContext.fromClientSessionAndClientScopes(clientSession, scopes, null, session);
    }

    private static ClientSessionContext beforeKeycloak265(Object... arguments) {
        try {
            return (ClientSessionContext) FACTORY.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
