package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.model.Scopes;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * The scopes that tokens of a realm may be given: client scopes with the attribute {@code apiTokens.grantable}, and the
 * built-in scopes that none of these replaces. Not cached here: Keycloak's caches of realms and users are current on every node.
 */
public final class GrantableScopes {
    /** The attribute of client scopes that tokens may be given. */
    public static final String ATTRIBUTE = "apiTokens.grantable";

    private final SortedMap<String, ClientScopeModel> clientScopes = new TreeMap<>();

    private GrantableScopes() {}

    /** Returns all grantable scopes of the realm. */
    public static GrantableScopes of(RealmModel realm) {
        return read(realm, null);
    }

    /** Returns those that have one of the names. */
    static GrantableScopes of(RealmModel realm, Set<String> names) {
        return read(realm, names);
    }

    private static GrantableScopes read(RealmModel realm, @Nullable Set<String> names) {
        GrantableScopes found = new GrantableScopes();
        realm.getClientScopesStream().forEach(scope -> {
            String name = scope.getName();
            if ((names == null || names.contains(name)) && isGrantable(scope)) {
                found.clientScopes.put(name, scope);
            }
        });
        return found;
    }

    /** Returns whether tokens may be given the client scope. */
    public static boolean isGrantable(ClientScopeModel scope) {
        return Boolean.parseBoolean(scope.getAttribute(ATTRIBUTE)) && canBeGrantable(scope);
    }

    /** Returns whether the client scope is one for access tokens, and its name can be that of a scope of a token. */
    public static boolean canBeGrantable(ClientScopeModel scope) {
        return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol())
                && Scopes.isValid(scope.getName())
                && !ResourceServers.CLIENT_SCOPE.equals(scope.getName());
    }

    /** Returns the names of all scopes. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(Scopes.BUILT_IN);
        names.addAll(clientScopes.keySet());
        return names;
    }

    /** Returns the client scope with this name; empty if the scope is built in or not grantable. */
    public Optional<ClientScopeModel> clientScope(String name) {
        return Optional.ofNullable(clientScopes.get(name));
    }

    /** Returns whether tokens may be given the scope with this name. */
    public boolean contains(String name) {
        return clientScopes.containsKey(name) || Scopes.BUILT_IN.contains(name);
    }

    boolean hasClientScopes() {
        return !clientScopes.isEmpty();
    }

    /** Returns which of these scopes an owner has. */
    public OwnerScopes of(UserModel owner) {
        return new OwnerScopes(this, owner);
    }
}
