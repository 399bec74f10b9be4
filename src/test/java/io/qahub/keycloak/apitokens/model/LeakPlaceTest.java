package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeakPlaceTest {
    private static final String URL = "https://github.com/octocat/Hello-World/blob/1234560/a%20b.sh?x=1&y=2#L3";

    @ParameterizedTest
    @CsvSource({
        URL + ",content," + URL + " (content)",
        URL + ",''," + URL,
        "'',Pull_request_title,Pull_request_title",
        "'','',''",
        URL + ",a b," + URL,
        URL + ",<b>," + URL,
    })
    void itIsShownAsText(String url, String source, String text) {
        assertEquals(text, LeakPlace.of(url, source).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://github.com/a",
                "javascript:alert(1)",
                "https://github.com",
                "https://user@github.com/a",
                "https://github.com/a b",
                "https://github.com/a\nb",
                "https://github.com/<b>",
                "https://github.com/\"",
                "https://github.com/\u202e",
                "https://github.com/qh_k3x9f2_0123",
            })
    void aUrlThatIsNotSafeToShowIsOmitted(String url) {
        assertEquals("", LeakPlace.of(url, "").text());
    }

    @Test
    void aLongUrlIsOmitted() {
        String longest = "https://github.com/" + "a".repeat(981);
        assertEquals(longest, LeakPlace.of(longest, "").url());
        assertEquals("", LeakPlace.of(longest + "a", "").url());
    }
}
