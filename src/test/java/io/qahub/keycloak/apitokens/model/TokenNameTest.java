package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the page's {@code validation.test.ts}, and more. */
class TokenNameTest {
    private static final String TOKEN = "qh_ab12cd_" + "x".repeat(36);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ci",
                "Prüfläufe – Nacht 🌙",
                "ночь",
                "夜間ビルド",
                "葛\uDB40\uDD00", // an ideographic variation
                "اختبار",
                "می\u200Cخواهم", // Persian, with a non-joiner
                "क्\u200Dष", // Devanagari, with a joiner
                "👩\u200D💻 🏳\uFE0F\u200D🌈 ❤\uFE0F\u200D🔥 👁\uFE0F\u200D🗨\uFE0F 🧑🏽\u200D🚀 🐦\u200D⬛ 🙂\u200D↔\uFE0F",
                "1\uFE0F\u20E3 #\uFE0F\u20E3 ‼\uFE0F 🇩🇪",
                "\uD83E\uDEE9 new", // Unicode 16, unknown to Java 17
                "e\u0301",
                "a\u00A0b",
                "rotated from qh_ab12cd",
                "qh_backup_1"
            })
    void aNameThatShowsWhatItIsIsAccepted(String name) throws InvalidTokenRequestException {
        assertEquals(name, TokenName.check(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\u0000b",
                "a\u0085b",
                "\u202Egnp.exe",
                "a\u2066b\u2069",
                "\u200Fa",
                "a\u061Cb",
                "a\u00ADb",
                "a\u200Bb",
                "\uFEFFa",
                "a\u2060b",
                "a\u200Cb",
                "c\u200Di",
                "👩\u200D",
                "\u200D💻",
                "👩\u200D\u200D💻",
                "ци\u200Dкл",
                "1\u200D2",
                "ci\uFE0F",
                "1\uFE0F",
                "❤\uFE0F\uFE0F",
                "a\uDB40\uDD00",
                "🏴\uDB40\uDC67\uDB40\uDC7F", // tags can hide any ASCII text
                "a\u2028b",
                "a\u2029b",
                "\uD83D",
                "a\uDC00b",
                "\uE000",
                "a\u0378b",
                "a\uFFFE",
                "a\uDBFF\uDFFF",
                "a\u034Fb",
                "\u3164",
                "a\u115Fb",
                "\u2800",
                "a\uFFA0",
                "a\u180Eb"
            })
    void aNameWithACharacterThatIsInvisibleOrHasNoMeaningIsRefused(String name) {
        String message = messageFor(name);
        assertTrue(message.startsWith("The name must not contain control or invisible characters"), message);
    }

    @Test
    void theRefusalNamesTheCharacter() {
        assertTrue(messageFor("a\u202Eb").endsWith("it contains U+202E."));
        assertTrue(messageFor("x\uDB40\uDC41").endsWith("it contains U+E0041."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00A0", "\u2007\u202F", "\u0301"})
    void aNameWithoutAVisibleCharacterIsRefused(String name) {
        assertEquals("The name must contain a visible character.", messageFor(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "QA_HUB_TOKEN=%s", "(%s)", "a%sb"})
    void aNameThatContainsATokenStringIsRefusedWithoutRepeatingIt(String name) {
        for (String token : new String[] {TOKEN, TOKEN.substring(0, TOKEN.length() - 1)}) {
            String message = messageFor(name.formatted(token));
            assertTrue(message.contains("must not contain an API token"), message);
            assertFalse(message.contains(token), message);
        }
    }

    private static String messageFor(String name) {
        return assertThrows(InvalidTokenRequestException.class, () -> TokenName.check(name))
                .getMessage();
    }
}
