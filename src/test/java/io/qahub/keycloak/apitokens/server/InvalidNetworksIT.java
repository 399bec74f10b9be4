package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of {@code allowedNetworks} that are rejected at creation and edit. */
class InvalidNetworksIT {
    private static Networks networks;
    private static Realm realm;
    private static JsonNode token;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("invalid-networks");
        realm = networks.realm();
        realm.admin("POST", "/clients", "{\"clientId\":\"robot\",\"serviceAccountsEnabled\":true}");
        token = networks.newToken(NETWORK);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"10.0.0.0/8\"",
                "\"\"",
                "{}",
                "{\"0\":\"10.0.0.0/8\"}",
                "10",
                "true",
                "[null]",
                "[\"10.0.0.0/8\",null]",
                "[10]",
                "[167772160]",
                "[true]",
                "[[\"10.0.0.0/8\"]]",
                "[{\"network\":\"10.0.0.0/8\"}]"
            })
    void whatIsNotAnArrayOfTextsIsRejected(String json) {
        assertRefused(json);
    }

    @Test
    void anEmptyArrayIsRejectedWithTheAlternative() {
        String sentence =
                "allowedNetworks must contain at least one network; send null for a token without restriction.";
        assertEquals(sentence, description(networks.create("[]")));
        assertRefused("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "/8",
                "10.0.0.0/",
                " 10.0.0.0/8",
                "10.0.0.0/8 ",
                "10.0.0.0 /8",
                "10.0.0.0/ 8",
                "10.0.0.0/8,192.0.2.0/24",
                "10.0.0.0/8 192.0.2.0/24",
                "010.0.0.1",
                "10.0.0.01",
                "0x0a.0.0.1",
                "10.1",
                "10.0.1",
                "1",
                "167772161",
                "10.0.0.0.0",
                "10.0.0.",
                ".10.0.0",
                "10..0.0",
                "10.0.0.256",
                "10.0.0.-1",
                "10.0.0.1:80",
                "10.0.0.*",
                "10.0.0.0-10.0.0.9",
                "10.0.0.0/255.0.0.0",
                "*",
                "localhost",
                "office.example.org",
                "example",
                "cafe",
                "１０.0.0.1",
                "١٠.0.0.1",
                "fe80::1%eth0",
                "fe80::1%1/128",
                "fe80::%25eth0/64",
                "[2001:db8::1]",
                "[2001:db8::]/32",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8:9",
                "12345::",
                "2001:db8::g",
                ":2001:db8::",
                "2001:db8:",
                "::10.0.0",
                "::10.0.0.256",
                "::ffff:010.0.0.1",
                "10.0.0.1::"
            })
    void whatIsNotAnAddressIsRejected(String text) {
        assertEntryRefused(text);
    }

    @Test
    void controlCharactersAreRejected() {
        for (String text : List.of("10.0.0.0/8\n", "10.0.0.0/8\u0000", "\t10.0.0.0/8", "::\u0000", "10.0.0.0\r/8")) {
            assertEntryRefused(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/128",
                "10.0.0.0/-1",
                "10.0.0.0/4294967304",
                "10.0.0.0/99999999999999999999",
                "2001:db8::/129",
                "2001:db8::/-0",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "10.0.0.0/008",
                "0.0.0.0/00",
                "2001:db8::/032",
                "10.0.0.0/8/8",
                "10.0.0.0//8",
                "10.0.0.0/8.0",
                "10.0.0.0/0x8",
                "10.0.0.0/８",
                "10.0.0.0/eight",
                "::ffff:10.0.0.0/8",
                "::ffff:0:0/95",
                "::ffff:10.1.2.3/0",
                "::ffff:10.1.2.3/129"
            })
    void anInvalidPrefixLengthIsRejected(String text) {
        assertEntryRefused(text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "10.0.0.1/31, 10.0.0.0/31",
        "128.0.0.0/0, 0.0.0.0/0",
        "192.0.2.129/25, 192.0.2.128/25",
        "2001:db8::1/32, 2001:db8::/32",
        "2001:DB8:FFFF::/33, 2001:db8:8000::/33",
        "2001:db8::1/127, 2001:db8::/127",
        "::ffff:10.1.2.3/104, 10.0.0.0/8"
    })
    void bitsAfterThePrefixAreRejectedWithTheNetworkThatMayBeMeant(String text, String network) {
        String description = description(networks.create("[\"" + text + "\"]"));
        assertTrue(description.contains(network), description);
        assertEntryRefused(text);
    }

    @Test
    void moreThan40NetworksAreRejected() {
        String all =
                IntStream.range(0, 41).mapToObj(i -> "\"10.0.0." + i + "\"").collect(Collectors.joining(",", "[", "]"));
        assertTrue(description(networks.create(all)).contains("40"));
        assertRefused(all);
    }

    /** The message must not be as long as the request. */
    @Test
    void aHugeEntryIsRejectedWithAShortMessage() {
        for (String text : List.of("1".repeat(10_000), "10.0.0.0/" + "1".repeat(10_000), ":".repeat(10_000))) {
            Answer answer = networks.create("[\"" + text + "\"]");
            BadRequestIT.refused(answer, 400, "invalid_request");
            assertTrue(answer.text().length() < 1000, answer.text());
        }
    }

    /** A secret that is pasted into the wrong field must not reach a log or a screen. */
    @Test
    void aTokenInPlaceOfANetworkIsNotRepeated() {
        String secret = token.path("token").asText();
        Answer answer = networks.create(Networks.array(List.of(secret)));
        BadRequestIT.refused(answer, 400, "invalid_request");
        assertFalse(answer.text().contains(secret.substring(10)), answer.text());
    }

    @ParameterizedTest
    @MethodSource("listsWithOneInvalidEntry")
    void theMessageNamesTheInvalidEntry(List<String> list, int number) {
        String description = description(networks.create(Networks.array(list)));
        assertTrue(description.startsWith("allowedNetworks: network " + number + " "), description);
    }

    static Stream<Arguments> listsWithOneInvalidEntry() {
        return Stream.of(
                Arguments.of(List.of("office", NETWORK), 1),
                Arguments.of(List.of(NETWORK, "::1", "office"), 3),
                Arguments.of(List.of(NETWORK, "192.0.2.0/40"), 2));
    }

    private static void assertEntryRefused(String text) {
        assertRefused(Networks.array(List.of(text)));
        assertRefused(Networks.array(List.of(NETWORK, text)));
    }

    /** For owners and admins, at creation and edit. */
    private static void assertRefused(String json) {
        String alice = realm.signIn("alice");
        String before = realm.list(alice, "?max=0").header("X-Total-Count");
        BadRequestIT.refused(networks.create(json), 400, "invalid_request");
        Answer admins = realm.admin(
                "POST",
                "/api-tokens",
                "{\"client\":\"robot\",\"name\":\"ci\",\"scopes\":[\"read\"],\"allowedNetworks\":" + json + "}");
        BadRequestIT.refused(admins, 400, "invalid_request");
        BadRequestIT.refused(
                networks.edit(token, "{\"name\":\"other\",\"allowedNetworks\":" + json + "}"), 400, "invalid_request");
        assertEquals(before, realm.list(alice, "?max=0").header("X-Total-Count"));
        JsonNode unchanged = networks.get(token);
        assertEquals("t", unchanged.path("name").asText());
        assertEquals(List.of(NETWORK), Networks.texts(unchanged.path("allowedNetworks")));
    }

    private static String description(Answer answer) {
        assertEquals(400, answer.status(), answer.text());
        return answer.json().path("error_description").asText();
    }
}
