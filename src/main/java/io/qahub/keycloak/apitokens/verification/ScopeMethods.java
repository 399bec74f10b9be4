package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.Scopes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.ClientScopeModel;

/** The HTTP methods that scopes allow at gateways. */
public final class ScopeMethods {
    /** The attribute of client scopes that contains the methods, such as {@code GET HEAD OPTIONS}. */
    public static final String ATTRIBUTE = "apiTokens.methods";

    private static final List<String> READ = List.of("GET", "HEAD", "OPTIONS");
    private static final List<String> WRITE = List.of("POST", "PUT", "PATCH", "DELETE");

    private ScopeMethods() {}

    /** Returns whether any scope can allow {@code method}. */
    public static boolean isKnown(String method) {
        return READ.contains(method) || WRITE.contains(method);
    }

    /** Returns the name of the built-in scope that allows {@code method}, which is known. */
    public static String builtInScope(String method) {
        return READ.contains(method) ? Scopes.READ : Scopes.WRITE;
    }

    /** Returns the methods that a built-in scope allows. */
    public static List<String> ofBuiltIn(String name) {
        return name.equals(Scopes.READ) ? READ : WRITE;
    }

    /** Returns the methods that a client scope allows: those in its attribute. Ignores unknown ones. */
    public static Set<String> of(ClientScopeModel scope) {
        String value = scope.getAttribute(ATTRIBUTE);
        Set<String> methods = new LinkedHashSet<>(
                value == null ? List.of() : Arrays.asList(value.strip().split("[\\s,]+")));
        methods.removeIf(method -> !isKnown(method));
        return methods;
    }

    /** Returns whether the scope {@code name} is one of {@code scopes} and allows {@code method}. */
    public static boolean allows(EffectiveScopes scopes, String name, String method) {
        if (!scopes.names().contains(name)) {
            return false;
        }
        return scopes.clientScopes().stream()
                .filter(scope -> scope.getName().equals(name))
                .findFirst()
                .map(scope -> of(scope).contains(method))
                .orElseGet(() -> ofBuiltIn(name).contains(method));
    }
}
