package io.qahub.keycloak.apitokens.login;

import io.qahub.keycloak.apitokens.model.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parameter {@code scope} of a token request (RFC 6749, section 3.3). */
final class RequestedScopes {
    private RequestedScopes() {}

    /** Returns what to grant: all of {@code held} where nothing is asked, empty where more is asked than is held. */
    static Optional<Set<Scope>> grant(@Nullable String requested, Set<Scope> held) {
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
