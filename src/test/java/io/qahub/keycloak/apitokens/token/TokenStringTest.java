package io.qahub.keycloak.apitokens.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenStringTest {
    private final TokenString token = new TokenGenerator().next();

    @Test
    void aGeneratedTokenHasTheDocumentedFormatAndCanBeParsed() {
        assertTrue(token.reveal().matches("qh_[0-9a-z]{6}_[0-9A-Za-z]{36}"));
        assertEquals(
                token.prefix(), TokenString.parse(token.reveal()).orElseThrow().prefix());
    }

    @Test
    void theChecksumIsCrc32InBase62() {
        // Python: zlib.crc32(b"qh_abc123_" + b"0" * 30) == 2003358910, which is 2BZtAU
        assertEquals("2BZtAU", Checksum.of("qh_abc123_" + "0".repeat(30)));
    }

    @Test
    void textFormsDoNotContainTheSecret() {
        assertFalse(token.toString().contains(token.secret().reveal()));
        assertFalse(token.secret().toString().contains(token.secret().reveal()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "QA_HUB_TOKEN=%s", "Authorization: Bearer %s\nAccept: */*", "'%s'", "a%sb"})
    void aTextThatContainsATokenStringIsReducedToThePrefix(String text) {
        for (int length : new int[] {46, 45, 20, 10}) {
            String contained = text.formatted(token.reveal().substring(0, length));
            assertEquals("qh_" + token.prefix(), TokenString.withoutSecret(contained), contained);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ci", "qh_abc123", "qh_abc12_x", "QH_ABC123_X", "abc123_x"})
    void otherTextsDoNotChange(String text) {
        assertEquals(text, TokenString.withoutSecret(text));
    }

    @ParameterizedTest
    @MethodSource("io.qahub.keycloak.apitokens.token.BadTokenStrings#all")
    void aMalformedTokenStringIsRejected(String bad) {
        assertTrue(TokenString.parse(bad).isEmpty());
    }

    @Test
    void everySingleCharacterChangeIsRejected() {
        String good = token.reveal();
        for (int i = 0; i < good.length(); i++) {
            char other = good.charAt(i) == 'a' ? 'b' : 'a';
            assertTrue(
                    TokenString.parse(good.substring(0, i) + other + good.substring(i + 1))
                            .isEmpty(),
                    "changed at " + i);
        }
    }
}
