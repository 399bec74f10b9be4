package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** The grantable scopes that an owner has now, by the owner's roles, and may therefore give to tokens. */
public final class OwnerScopes {
    private final GrantableScopes grantable;
    private final UserModel owner;

    /** The owner's roles, also those from groups and composite roles; null until a scope requires them. */
    private @Nullable Set<RoleModel> roles;

    OwnerScopes(GrantableScopes grantable, UserModel owner) {
        this.grantable = grantable;
        this.owner = owner;
    }

    /** Returns the scopes of the owner in this realm. */
    public static OwnerScopes of(RealmModel realm, UserModel owner) {
        return GrantableScopes.of(realm).of(owner);
    }

    /**
     * Returns which of the scopes {@code names} of a token are valid at a resource server.
     *
     * @param resourceServer null for any
     */
    public static EffectiveScopes effective(
            RealmModel realm, UserModel owner, SortedSet<String> names, @Nullable ClientModel resourceServer) {
        GrantableScopes grantable = GrantableScopes.of(realm, names);
        if (!grantable.hasClientScopes() && Scopes.BUILT_IN.containsAll(names)) {
            return new EffectiveScopes(names, List.of());
        }
        EffectiveScopes has = grantable.of(owner).effective(names);
        return resourceServer == null ? has : ResourceServers.goodAt(resourceServer, has);
    }

    private EffectiveScopes effective(SortedSet<String> names) {
        SortedSet<String> has = Scopes.copyOf(
                names.stream().filter(name -> problem(name).isEmpty()).toList());
        return new EffectiveScopes(
                has,
                has.stream()
                        .map(grantable::clientScope)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Returns the names of the scopes that the owner may choose. */
    public SortedSet<String> names() {
        return Scopes.copyOf(grantable.names().stream()
                .filter(name -> problem(name).isEmpty())
                .toList());
    }

    /** Returns why the owner does not have the scope with this name; empty if the owner has it. */
    public Optional<Problem> problem(String name) {
        if (!grantable.contains(name)) {
            return Optional.of(Problem.NOT_GRANTABLE);
        }
        return grantable.clientScope(name).filter(scope -> !isPermitted(scope)).map(scope -> Problem.MISSING_ROLE);
    }

    /** As Keycloak decides for its own tokens: one of the roles suffices, and all are expanded. */
    private boolean isPermitted(ClientScopeModel scope) {
        Set<RoleModel> required = scope.getScopeMappingsStream().collect(Collectors.toSet());
        return required.isEmpty()
                || RoleUtils.expandCompositeRoles(required).stream().anyMatch(roles()::contains);
    }

    private Set<RoleModel> roles() {
        Set<RoleModel> known = roles;
        if (known == null) {
            known = RoleUtils.getDeepUserRoleMappings(owner);
            roles = known;
        }
        return known;
    }

    /** Why an owner does not have a scope. */
    public enum Problem {
        /** The client scope does not exist, has another name, or is not grantable. */
        NOT_GRANTABLE,
        /** The owner has none of the roles in the role scope mappings of the client scope. */
        MISSING_ROLE
    }
}
