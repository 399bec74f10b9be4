package io.qahub.keycloak.apitokens.rest.gateway;

import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.verification.ScopeMethods;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a request needs: for each of its methods, a scope that allows it, and the scopes that the gateway requires by name, each of
 * which must allow all methods. The names can only restrict: an end user might send the header as well.
 *
 * @param methods the original method and any overriding ones
 * @param names the values of the header; empty if any scope suffices
 */
record RequiredScopes(Set<String> methods, Set<String> names) {
    static final String HEADER = "X-Api-Tokens-Scope";

    static RequiredScopes of(Set<String> methods, HttpHeaders headers) {
        List<String> lines = headers.getRequestHeader(HEADER);
        SortedSet<String> names = new TreeSet<>();
        if (lines != null) {
            lines.forEach(line -> names.addAll(Arrays.asList(line.strip().split(" +"))));
        }
        return new RequiredScopes(methods, names);
    }

    /** Returns whether these scopes suffice. */
    boolean areIn(EffectiveScopes scopes) {
        return methods.stream()
                .allMatch(method -> names.isEmpty()
                        ? scopes.names().stream().anyMatch(name -> ScopeMethods.allows(scopes, name, method))
                        : names.stream().allMatch(name -> ScopeMethods.allows(scopes, name, method)));
    }

    /** Returns the scopes for the challenge: those that are required by name, or the built-in ones for the methods. */
    String forChallenge() {
        boolean isNamed = !names.isEmpty() && names.stream().allMatch(Scopes::isValid);
        return isNamed
                ? String.join(" ", names)
                : Scopes.join(Scopes.copyOf(
                        methods.stream().map(ScopeMethods::builtInScope).toList()));
    }
}
