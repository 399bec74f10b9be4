package io.qahub.keycloak.apitokens.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {
    @ParameterizedTest
    @CsvSource({
        "alice, alice",
        "alice@example.org, alice@example.org",
        "f:8d5c:Bob_2~x.y-z, f:8d5c:Bob_2~x.y-z",
        "a+b, a%2Bb",
        "50%, 50%25",
        "jörg, j%C3%B6rg",
    })
    void plainNamesAreUnchangedAndOtherCharactersArePercentEncoded(String name, String value) {
        assertEquals(value, HeaderValue.encode(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\r\nX-Auth-Scopes: write",
                "a\u0000b",
                "a\tb",
                "a, b;c=\"d\"",
                "名前",
                "😀",
                "\u00a0",
                "a/b\\c"
            })
    void everyEncodedNameIsASafeHeaderValueAndCanBeDecoded(String name) {
        String value = HeaderValue.encode(name);
        assertTrue(value.matches("[A-Za-z0-9%@._~:-]*"), value);
        assertEquals(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
}
