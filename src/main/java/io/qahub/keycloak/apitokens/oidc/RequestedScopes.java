package io.qahub.keycloak.apitokens.oidc;

import io.qahub.keycloak.apitokens.model.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the parameter {@code scope} of a token request (RFC 6749, section 3.3). */
public final class RequestedScopes {
    private RequestedScopes() {}

    /** Returns the scopes to grant: all {@code held} ones if none are requested; empty if others are requested. */
    public static Optional<Set<Scope>> grant(@Nullable String requested, Set<Scope> held) {
        if (requested == null || requested.isBlank()) {
            return Optional.of(held);
        }
        Set<Scope> granted = EnumSet.noneOf(Scope.class);
        for (String word : requested.strip().split(" +", -1)) {
            Optional<Scope> scope = Scope.of(word).filter(held::contains);
            if (scope.isEmpty()) {
                return Optional.empty();
            }
            granted.add(scope.get());
        }
        return Optional.of(granted);
    }
}
