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

/** A scope of tokens: what a request with the token may do at a resource server. */
public enum Scope {
    /** Read access: GET, HEAD and OPTIONS. */
    READ("read"),
    /** Write access: POST, PUT, PATCH and DELETE. */
    WRITE("write");

    private static final Scope[] ALL = values();
    private static final Map<String, Set<Scope>> JOINED = Stream.of(
                    EnumSet.of(READ), EnumSet.of(WRITE), EnumSet.of(READ, WRITE))
            .collect(Collectors.toUnmodifiableMap(Scope::join, Collections::unmodifiableSet));

    private final String value;

    Scope(String value) {
        this.value = value;
    }

    /** Returns the name as sent and stored, {@code read} or {@code write}. */
    public String value() {
        return value;
    }

    /** Returns the scope with this name, which is case-sensitive. */
    public static Optional<Scope> of(String value) {
        return Arrays.stream(values()).filter(s -> s.value().equals(value)).findFirst();
    }

    /** Returns the scopes space-delimited (RFC 6749, section 3.3), in the order of declaration. */
    public static String join(Set<Scope> scopes) {
        StringJoiner joined = new StringJoiner(" ");
        for (Scope scope : ALL) {
            if (scopes.contains(scope)) {
                joined.add(scope.value);
            }
        }
        return joined.toString();
    }

    /** Returns the joined form of every set that contains this scope, as used in database queries. */
    public List<String> joinedWithOthers() {
        return Stream.of(EnumSet.of(this), EnumSet.allOf(Scope.class))
                .map(Scope::join)
                .toList();
    }

    /**
     * Returns the scopes that {@link #join} has joined. Equal arguments return the same unmodifiable set.
     *
     * @throws IllegalArgumentException if {@code joined} is not the result of {@link #join}
     */
    public static Set<Scope> split(String joined) {
        Set<Scope> scopes = JOINED.get(joined);
        if (scopes == null) {
            throw new IllegalArgumentException("unknown scope in the database");
        }
        return scopes;
    }
}
