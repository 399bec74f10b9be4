package io.qahub.keycloak.apitokens.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a token allows at the resource server. */
public enum Scope {
    /** GET: list and retrieve. */
    READ("read"),
    /** POST, PATCH and DELETE. */
    WRITE("write");

    private static final Scope[] ALL = values();
    private static final Map<String, Set<Scope>> JOINED = Stream.of(
                    EnumSet.of(READ), EnumSet.of(WRITE), EnumSet.of(READ, WRITE))
            .collect(Collectors.toUnmodifiableMap(Scope::join, Collections::unmodifiableSet));

    private final String value;

    Scope(String value) {
        this.value = value;
    }

    /** Returns the scope's name as sent and stored, {@code read} or {@code write}. */
    public String value() {
        return value;
    }

    /** Returns the scope of that exact name. */
    public static Optional<Scope> of(String value) {
        return Arrays.stream(values()).filter(s -> s.value().equals(value)).findFirst();
    }

    /** Returns the scopes in their fixed order, space-delimited (RFC 6749, section 3.3). */
    public static String join(Set<Scope> scopes) {
        StringJoiner joined = new StringJoiner(" ");
        for (Scope scope : ALL) {
            if (scopes.contains(scope)) {
                joined.add(scope.value);
            }
        }
        return joined.toString();
    }

    /** Returns what {@link #join} makes of the sets that this scope is in: of two scopes, itself and both. */
    public List<String> joinedWithOthers() {
        return Stream.of(EnumSet.of(this), EnumSet.allOf(Scope.class))
                .map(Scope::join)
                .toList();
    }

    /** The inverse of {@link #join}; equal ones are the same set. */
    public static Set<Scope> split(String joined) {
        Set<Scope> scopes = JOINED.get(joined);
        if (scopes == null) {
            throw new IllegalArgumentException("unknown scope in the database");
        }
        return scopes;
    }
}
