package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenDescriptionTest {
    private static final String TOKEN = "qh_abc123_0123456789012345678901234567890123";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n \n"})
    void aBlankDescriptionIsNone(String blank) throws InvalidTokenRequestException {
        assertNull(TokenDescription.check(blank));
    }

    @Test
    void aDescriptionIsTrimmedAndKeepsItsLines() throws InvalidTokenRequestException {
        assertEquals("a\n\nb 😀", TokenDescription.check("\n a\n\nb 😀 \n"));
    }

    @Test
    void aDescriptionHasUpTo500Characters() throws InvalidTokenRequestException {
        assertEquals("😀".repeat(500), TokenDescription.check("😀".repeat(500) + "\n"));
        assertEquals("The description must be at most 500 characters long.", messageFor("a".repeat(501)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\tb", "a\u0000b", "a\u202Eb", "a\u2028b", "a\u200Bb"})
    void otherControlCharactersAreRefused(String description) {
        assertTrue(messageFor(description).startsWith("The description must not contain control or invisible"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "see\nQA_HUB_TOKEN=%s"})
    void aTokenStringIsRefusedWithoutRepeatingIt(String description) {
        String message = messageFor(description.formatted(TOKEN));
        assertTrue(message.contains("must not contain an API token"), message);
        assertFalse(message.contains(TOKEN), message);
    }

    private static String messageFor(String description) {
        return assertThrows(InvalidTokenRequestException.class, () -> TokenDescription.check(description))
                .getMessage();
    }
}
