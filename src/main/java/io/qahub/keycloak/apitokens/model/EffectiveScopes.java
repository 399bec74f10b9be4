package io.qahub.keycloak.apitokens.model;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.keycloak.models.ClientScopeModel;

/**
 * The scopes that a token has now: at a resource server, or for its owner.
 *
 * @param names the names of the scopes
 * @param clientScopes the client scopes among them; the other ones are built in
 */
public record EffectiveScopes(SortedSet<String> names, List<ClientScopeModel> clientScopes) {

    /** Returns the built-in scopes, and those of the client scopes that match. */
    public EffectiveScopes filterClientScopes(Predicate<ClientScopeModel> condition) {
        if (clientScopes.isEmpty()) {
            return this;
        }
        Set<String> others =
                clientScopes.stream().map(ClientScopeModel::getName).collect(Collectors.toSet());
        List<ClientScopeModel> kept = clientScopes.stream().filter(condition).toList();
        Set<String> keptNames = kept.stream().map(ClientScopeModel::getName).collect(Collectors.toSet());
        return new EffectiveScopes(
                Scopes.copyOf(names.stream()
                        .filter(name -> !others.contains(name) || keptNames.contains(name))
                        .toList()),
                kept);
    }

    /** Returns the scopes among these that have one of the names. */
    public EffectiveScopes retain(Set<String> retained) {
        return new EffectiveScopes(
                Scopes.copyOf(names.stream().filter(retained::contains).toList()),
                clientScopes.stream()
                        .filter(scope -> retained.contains(scope.getName()))
                        .toList());
    }
}
