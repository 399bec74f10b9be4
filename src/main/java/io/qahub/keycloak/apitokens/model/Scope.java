package io.qahub.keycloak.apitokens.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token allows at the resource server. */
public enum Scope {
    /** GET: list and retrieve. */
    READ,
    /** POST, PATCH and DELETE. */
    WRITE;

    /** Returns the scope's name as sent and stored, {@code read} or {@code write}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the scope of that exact name. */
    public static Optional<Scope> of(String value) {
        return Arrays.stream(values()).filter(s -> s.value().equals(value)).findFirst();
    }

    /** Returns the scopes in their fixed order, space-delimited (RFC 6749, section 3.3). */
    public static String join(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::value).collect(Collectors.joining(" "));
    }

    /** The inverse of {@link #join}. */
    public static Set<Scope> split(String joined) {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String value : joined.split(" ", -1)) {
            scopes.add(of(value).orElseThrow(() -> new IllegalArgumentException("unknown scope in the database")));
        }
        return scopes;
    }
}
