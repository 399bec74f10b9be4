package io.qahub.keycloak.apitokens.oidc;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.ScopeContainerModel;
import org.keycloak.models.utils.RoleUtils;
import org.keycloak.rar.AuthorizationRequestContext;

/**
 * Keycloak's context for protocol mappers. Its roles are limited to the role scope mappings of the client scopes, also if the
 * client has Full scope allowed, and without the roles of the client itself.
 */
record OwnerSessionContext(ClientSessionContext delegate) implements ClientSessionContext {
    @Override
    public Stream<RoleModel> getRolesStream() {
        Set<RoleModel> allowed = RoleUtils.expandCompositeRoles(delegate.getClientScopesStream()
                .flatMap(ScopeContainerModel::getScopeMappingsStream)
                .collect(Collectors.toSet()));
        return RoleUtils.getDeepUserRoleMappings(
                        getClientSession().getUserSession().getUser())
                .stream()
                .filter(allowed::contains);
    }

    @Override
    public AuthenticatedClientSessionModel getClientSession() {
        return delegate.getClientSession();
    }

    @Override
    public Set<String> getClientScopeIds() {
        return delegate.getClientScopeIds();
    }

    @Override
    public Stream<ClientScopeModel> getClientScopesStream() {
        return delegate.getClientScopesStream();
    }

    @Override
    public boolean isOfflineTokenRequested() {
        return delegate.isOfflineTokenRequested();
    }

    @Override
    public Stream<ProtocolMapperModel> getProtocolMappersStream() {
        return delegate.getProtocolMappersStream();
    }

    @Override
    public String getScopeString() {
        return delegate.getScopeString();
    }

    @Override
    public String getScopeString(boolean ignoreIncludeInTokenScope) {
        return delegate.getScopeString(ignoreIncludeInTokenScope);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        delegate.setAttribute(name, value);
    }

    @Override
    public <T> @Nullable T getAttribute(String attribute, Class<T> type) {
        return delegate.getAttribute(attribute, type);
    }

    @Override
    public AuthorizationRequestContext getAuthorizationRequestContext() {
        return delegate.getAuthorizationRequestContext();
    }
}
