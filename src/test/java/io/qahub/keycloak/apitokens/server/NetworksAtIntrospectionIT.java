package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.INACTIVE;
import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Networks.OUTSIDE;
import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Introspection of tokens with allowed networks: the parameter {@code caller_address}. */
class NetworksAtIntrospectionIT {
    private static final String V6 = "2001:db8::/32";
    private static Networks networks;
    private static Realm realm;
    private static String secret;
    private static String free;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("networks-at-introspection");
        realm = networks.realm();
        secret = networks.newSecret(NETWORK, V6);
        free = realm.newToken(realm.signIn("alice"), "free").path("token").asText();
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @CsvSource({
        OWN_ENDPOINT + ",",
        OWN_ENDPOINT + ",access_token",
        STANDARD_ENDPOINT + ",",
        STANDARD_ENDPOINT + ",api_token",
        STANDARD_ENDPOINT + ",access_token",
        STANDARD_ENDPOINT + ",refresh_token"
    })
    void theAddressDecidesWithEveryHint(String endpoint, String hint) {
        String[] more = hint == null ? new String[0] : new String[] {"token_type_hint", hint};
        for (String sent : List.of(secret, networks.jwt(secret))) {
            JsonNode answer = networks.introspect(endpoint, sent, INSIDE, more).json();
            assertTrue(answer.path("active").asBoolean(), answer.toString());
            assertEquals(List.of(NETWORK, V6), Networks.texts(answer.path("allowed_networks")));
            assertEquals(
                    INACTIVE, networks.introspect(endpoint, sent, OUTSIDE, more).text());
            assertEquals(
                    INACTIVE, networks.introspect(endpoint, sent, null, more).text());
        }
        JsonNode unrestricted = networks.introspect(endpoint, free, null, more).json();
        assertTrue(unrestricted.path("active").asBoolean(), unrestricted.toString());
        assertFalse(unrestricted.has("allowed_networks"), unrestricted.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.255.255.255",
                "::ffff:10.1.2.3",
                "::FFFF:10.1.2.3",
                "::ffff:a01:203",
                "0:0:0:0:0:ffff:10.1.2.3",
                "0000:0000:0000:0000:0000:ffff:0a01:0203",
                "2001:db8::",
                "2001:db8::1",
                "2001:DB8:0:0:0:0:0:1",
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                "2001:db8::0.0.0.1",
                "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"
            })
    void everyNotationOfAnAddressInANetworkIsAccepted(String address) {
        assertTrue(networks.isActive(secret, address));
    }

    /** An IPv6 address that contains an IPv4 address in another way than mapped is not that address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.255.255.255",
                "11.0.0.0",
                "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
                "2001:db9::",
                "::10.1.2.3",
                "::ffff:0:10.1.2.3",
                "64:ff9b::10.1.2.3",
                "2002:a01:203::1",
                "::",
                "::1",
                "0.0.0.0",
                "127.0.0.1"
            })
    void anAddressOutsideIsRefusedAndInTheEvent(String address) {
        assertFalse(networks.isActive(secret, address));
        JsonNode details = networks.newest("INTROSPECT_TOKEN_ERROR").path("details");
        assertEquals("address_not_allowed", details.path("reason").asText(), details.toString());
        assertTrue(details.has("caller_address"), details.toString());
        assertEquals(secret.substring(3, 9), details.path("prefix").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 10.1.2.3",
                "10.1.2.3 ",
                "10.1.2.3:80",
                "[2001:db8::1]",
                "[2001:db8::1]:80",
                "2001:db8::1%eth0",
                "2001:db8::1%1",
                "::ffff:10.1.2.3%0",
                "10.1.2.3/32",
                "10.1.2.3,10.1.2.3",
                "10.1.2.3, 10.1.2.3",
                "10.1.2.3 10.1.2.3",
                "010.1.2.3",
                "10.01.2.3",
                "0xa.1.2.3",
                "10.1.2",
                "10.1",
                "167838211",
                "10.1.2.256",
                "10.1.2.3.4",
                "１０.1.2.3",
                "١٠.1.2.3",
                "localhost",
                "unknown",
                "null",
                "*",
                "2001:db8::g",
                "2001:db8:::1",
                "2001::db8::1",
                "2001:db8:0:0:0:0:0:0:1",
                "2001:db8:0:0:0:0:1",
                "2001:db8::00001"
            })
    void whatIsNotOneAddressIsAnUnknownAddress(String address) {
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            assertEquals(
                    INACTIVE, networks.introspect(endpoint, secret, address).text());
            networks.assertReason("INTROSPECT_TOKEN_ERROR", "address_unknown", "");
        }
    }

    /** Without restriction, the parameter is only information. */
    @ParameterizedTest
    @ValueSource(strings = {"", "10.1.2.3:80", "localhost", "10.1.2.3,192.0.2.1"})
    void anInvalidAddressDoesNotMatterToATokenWithoutNetworks(String address) {
        assertTrue(networks.isActive(free, address));
    }

    @Test
    void controlCharactersAndHugeValuesAreRefused() {
        long mark = Keycloak.get().logMark();
        for (String address : List.of(
                "10.1.2.3\u0000",
                "\u000010.1.2.3",
                "10.1.2.3\n",
                "10.1.2.3\r\n",
                "\t10.1.2.3",
                "1".repeat(100_000),
                ":".repeat(1000))) {
            assertFalse(isActive(networks.introspect(OWN_ENDPOINT, secret, address)));
            assertFalse(isActive(networks.introspect(STANDARD_ENDPOINT, secret, address)));
        }
        assertEquals(List.of(), Keycloak.get().stackTracesSince(mark));
    }

    @Test
    void aRepeatedAddressIsRefused() {
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            for (String second : List.of(INSIDE, OUTSIDE, "")) {
                for (List<String> pair : List.of(List.of(INSIDE, second), List.of(second, INSIDE))) {
                    String form =
                            "token=" + secret + "&caller_address=" + pair.get(0) + "&caller_address=" + pair.get(1);
                    assertFalse(isActive(call(endpoint).form(form).send()));
                }
            }
        }
    }

    /** Only the resource server knows the address; headers are those of its own connection. */
    @Test
    void theAddressIsTakenFromTheFormOnly() {
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            String query = "?caller_address=" + INSIDE + "&addressHeader=X-Real-IP";
            Answer answer = call(endpoint + query)
                    .header("X-Forwarded-For", INSIDE)
                    .header("X-Real-IP", INSIDE)
                    .header("Forwarded", "for=" + INSIDE)
                    .header("Caller-Address", INSIDE)
                    .form("token=" + secret)
                    .send();
            assertFalse(isActive(answer), answer.text());
        }
    }

    /** Of each kind of address, as the caller states it. */
    @Test
    void theAddressOfTheLastUseIsThatOfTheCaller() {
        networks.setPolicy("apiTokens.recordAddress", "true");
        JsonNode restricted = networks.newToken(NETWORK);
        JsonNode unrestricted = realm.newToken(realm.signIn("alice"), "recorded");
        JsonNode unknown = realm.newToken(realm.signIn("alice"), "not stated");
        assertTrue(networks.isActive(restricted.path("token").asText(), INSIDE));
        assertTrue(networks.isActive(unrestricted.path("token").asText(), "2001:db8::1"));
        Answer from = call(OWN_ENDPOINT)
                .header("X-Forwarded-For", "10.9.9.9")
                .form("token=" + unknown.path("token").asText())
                .send();
        assertTrue(isActive(from));
        Map<JsonNode, String> expected = Map.of(restricted, INSIDE, unrestricted, "2001:db8::1", unknown, "10.9.9.9");
        expected.forEach((token, address) -> await("the last use to be written")
                .until(() -> networks.get(token).path("lastUsedAddress").asText(), address::equals));
        networks.allow(null);
    }

    @Test
    void aTokenOfKeycloakIsNotRestricted() {
        String own =
                realm.grant("qa-hub-api", "alice").json().path("access_token").asText();
        Stream.of(null, INSIDE, "localhost").forEach(address -> {
            JsonNode answer =
                    networks.introspect(STANDARD_ENDPOINT, own, address).json();
            assertTrue(answer.path("active").asBoolean(), answer.toString());
            assertFalse(answer.has("allowed_networks"), answer.toString());
        });
    }

    private static Http call(String endpoint) {
        return realm.call("POST", endpoint).basic("qa-hub-api", "qa-hub-api-secret");
    }

    /** An error is no active token either. */
    private static boolean isActive(Answer answer) {
        return answer.status() == 200 && answer.json().path("active").asBoolean();
    }
}
