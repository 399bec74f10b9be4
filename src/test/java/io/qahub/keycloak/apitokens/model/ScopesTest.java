package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
    @ParameterizedTest
    @ValueSource(strings = {"read", "write", "read write", "cases:read", "cases:read read runs:upload write"})
    void whatWasStoredIsReadAgain(String joined) {
        SortedSet<String> names = Scopes.split(joined);
        assertEquals(List.of(joined.split(" ")), List.copyOf(names));
        assertEquals(joined, Scopes.join(names));
        assertThrows(UnsupportedOperationException.class, () -> names.add("admin"));
    }

    @Test
    void scopesAreJoinedInAlphabeticalOrder() {
        assertEquals("cases:read read write", Scopes.join(Scopes.copyOf(List.of("write", "cases:read", "read"))));
    }

    @Test
    void tokensShareTheSetsOfBuiltInScopes() {
        assertSame(Scopes.split("read write"), Scopes.split("read " + "write".strip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "cases:read", "!", "~", "https://api.example.org/cases.read", "50%_of[it]"})
    void aNameIsAScopeToken(String name) {
        assertTrue(Scopes.isValid(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "read write",
                "a\tb",
                "a\nb",
                "a\u0000b",
                "\"quoted\"",
                "back\\slash",
                "größe",
                "a\u007f"
            })
    void otherNamesAreNoScopes(String name) {
        assertFalse(Scopes.isValid(name));
    }

    @Test
    void aNameIsAsLongAsThatOfAClientScopeAtMost() {
        assertTrue(Scopes.isValid("x".repeat(255)));
        assertFalse(Scopes.isValid("x".repeat(256)));
    }

    @Test
    void theNamesOfATokenFitIntoTheDatabase() throws InvalidTokenRequestException {
        Set<String> fitting = names(15, 255);
        fitting.add("x".repeat(4000 - 15 * 256));
        assertEquals(4000, Scopes.join(request(fitting).scopes()).length());
        Set<String> tooLong = names(15, 255);
        tooLong.add("x".repeat(4001 - 15 * 256));
        assertThrows(InvalidTokenRequestException.class, () -> request(tooLong));
    }

    private static Set<String> names(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%02d".formatted(i) + "y".repeat(length - 2))
                .collect(Collectors.toSet());
    }

    private static TokenRequest request(Set<String> scopes) throws InvalidTokenRequestException {
        return TokenRequest.of(new TokenTexts("name", null), scopes, null, Instant.EPOCH);
    }
}
