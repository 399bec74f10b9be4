package io.qahub.keycloak.apitokens.rest.admin;

import io.qahub.keycloak.apitokens.http.ScopeTexts;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.rest.admin.AdminScopeRepresentation.Access;
import io.qahub.keycloak.apitokens.rest.admin.AdminScopeRepresentation.Role;
import io.qahub.keycloak.apitokens.verification.GrantableScopes;
import io.qahub.keycloak.apitokens.verification.ResourceServers;
import io.qahub.keycloak.apitokens.verification.ScopeMethods;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** Creates representations of a realm's scopes for one response. */
final class AdminScopes {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminRights rights;
    private final ScopeTexts texts;
    private final GrantableScopes grantable;

    /** The number of tokens by the name of the scope; null if the admin may not view all users. */
    private final @Nullable Map<String, Long> tokens;

    AdminScopes(KeycloakSession session, RealmModel realm, AdminRights rights) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
        this.texts = new ScopeTexts(session, null);
        this.grantable = GrantableScopes.of(realm);
        this.tokens = rights.canViewAll() ? session.getProvider(ApiTokens.class).countByScope(realm) : null;
    }

    /** Returns whether tokens of the realm may be given the client scope, or an admin can allow it. */
    static boolean isListed(ClientScopeModel scope) {
        return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol())
                && !scope.getName().equals(ResourceServers.CLIENT_SCOPE);
    }

    /** Returns all scopes, in alphabetical order. */
    List<AdminScopeRepresentation> all() {
        List<ClientScopeModel> clientScopes =
                realm.getClientScopesStream().filter(AdminScopes::isListed).toList();
        Set<String> known = new HashSet<>(Scopes.BUILT_IN);
        clientScopes.forEach(scope -> known.add(scope.getName()));
        return Stream.of(
                        Scopes.BUILT_IN.stream()
                                .filter(name -> grantable.clientScope(name).isEmpty())
                                .map(this::builtIn),
                        ofClientScopes(clientScopes),
                        (tokens == null ? Set.<String>of() : tokens.keySet())
                                .stream().filter(name -> !known.contains(name)).map(this::ofTokensOnly))
                .flatMap(scopes -> scopes)
                .sorted(Comparator.comparing(AdminScopeRepresentation::name))
                .toList();
    }

    AdminScopeRepresentation one(ClientScopeModel scope) {
        return ofClientScopes(List.of(scope)).findFirst().orElseThrow();
    }

    private AdminScopeRepresentation builtIn(String name) {
        return new AdminScopeRepresentation(
                null,
                name,
                null,
                true,
                true,
                ScopeMethods.ofBuiltIn(name),
                List.of(),
                null,
                count(name),
                new Access(false));
    }

    private AdminScopeRepresentation ofTokensOnly(String name) {
        return new AdminScopeRepresentation(
                null, name, null, false, false, List.of(), List.of(), List.of(), count(name), new Access(false));
    }

    private Stream<AdminScopeRepresentation> ofClientScopes(Collection<ClientScopeModel> scopes) {
        Map<String, List<String>> clientIds = ResourceServers.clientIds(
                session, realm, scopes.stream().filter(rights::canView).toList());
        return scopes.stream().map(scope -> {
            boolean isVisible = rights.canView(scope);
            return new AdminScopeRepresentation(
                    scope.getId(),
                    scope.getName(),
                    texts.of(scope),
                    false,
                    GrantableScopes.isGrantable(scope),
                    List.copyOf(ScopeMethods.of(scope)),
                    isVisible ? roles(scope) : null,
                    isVisible ? clientIds.getOrDefault(scope.getId(), List.of()) : null,
                    isReplacedByBuiltIn(scope) ? tokens == null ? null : Long.valueOf(0) : count(scope.getName()),
                    new Access(rights.canManage(scope)));
        });
    }

    /** Tokens that have the name use the built-in scope then. */
    private static boolean isReplacedByBuiltIn(ClientScopeModel scope) {
        return Scopes.BUILT_IN.contains(scope.getName()) && !GrantableScopes.isGrantable(scope);
    }

    private @Nullable Long count(String name) {
        return tokens == null ? null : tokens.getOrDefault(name, 0L);
    }

    private static List<Role> roles(ClientScopeModel scope) {
        return scope.getScopeMappingsStream()
                .map(AdminScopes::role)
                .sorted(Comparator.comparing((Role role) -> role.client() == null ? "" : role.client())
                        .thenComparing(Role::name))
                .toList();
    }

    private static Role role(RoleModel role) {
        return new Role(
                role.getName(), role.getContainer() instanceof ClientModel client ? client.getClientId() : null);
    }
}
