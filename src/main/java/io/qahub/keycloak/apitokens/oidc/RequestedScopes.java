package io.qahub.keycloak.apitokens.oidc;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parses the parameter {@code scope} of a token request (RFC 6749, section 3.3). */
public final class RequestedScopes {
    private RequestedScopes() {}

    /** Returns the scopes to grant: all {@code held} ones if none are requested; empty if others are requested. */
    public static Optional<SortedSet<String>> grant(@Nullable String requested, SortedSet<String> held) {
        if (requested == null || requested.isBlank()) {
            return Optional.of(held);
        }
        SortedSet<String> granted = new TreeSet<>();
        for (String word : requested.strip().split(" +", -1)) {
            if (!held.contains(word)) {
                return Optional.empty();
            }
            granted.add(word);
        }
        return Optional.of(granted);
    }
}
