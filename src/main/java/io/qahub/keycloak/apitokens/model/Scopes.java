package io.qahub.keycloak.apitokens.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of scopes. A scope says what a request with a token may do at a resource server. */
public final class Scopes {
    /** The built-in scope for read access: GET, HEAD and OPTIONS. */
    public static final String READ = "read";

    /** The built-in scope for write access: POST, PUT, PATCH and DELETE. */
    public static final String WRITE = "write";

    /** The names of the built-in scopes. */
    public static final SortedSet<String> BUILT_IN = sorted(READ, WRITE);

    /** The maximum length of the names of a token's scopes, with the spaces between them, as stored. */
    static final int MAX_LENGTH = 4000;

    /** A scope-token (RFC 6749, section 3.3) that is not longer than the name of a client scope. */
    private static final Pattern NAME = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}");

    /** Most tokens have only built-in scopes; all of them share these sets. */
    private static final Map<String, SortedSet<String>> SHARED = Stream.of(sorted(READ), sorted(WRITE), BUILT_IN)
            .collect(Collectors.toUnmodifiableMap(Scopes::join, names -> names));

    private Scopes() {}

    /** Returns whether a scope can have this name. */
    public static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns an unmodifiable copy in alphabetical order. */
    public static SortedSet<String> copyOf(Collection<String> names) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** Returns the names space-delimited (RFC 6749, section 3.3). */
    public static String join(SortedSet<String> names) {
        return String.join(" ", names);
    }

    /** Returns the names that {@link #join} has joined, unmodifiable. */
    public static SortedSet<String> split(String joined) {
        SortedSet<String> shared = SHARED.get(joined);
        return shared == null
                ? copyOf(Arrays.stream(joined.split(" ")).map(String::intern).toList())
                : shared;
    }

    private static SortedSet<String> sorted(String... names) {
        return copyOf(Arrays.asList(names));
    }
}
