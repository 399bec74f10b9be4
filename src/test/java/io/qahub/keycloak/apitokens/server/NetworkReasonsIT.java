package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Networks.OUTSIDE;
import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Only the event says that an address was the reason; a response does not reveal that a token exists. */
class NetworkReasonsIT {
    /** Headers whose values differ between two responses of the same kind. */
    private static final Set<String> VARYING = Set.of("date", "set-cookie");

    private static Networks networks;
    private static Realm realm;
    private static String secret;
    private static String jwt;
    private static String revoked;
    private static String revokedJwt;

    /** Calls with a token from an address, by the type of their error event and a name. */
    private static final Map<String, BiFunction<String, String, Http>> CALLS = Map.of(
            "INTROSPECT_TOKEN_ERROR own endpoint",
            (token, address) -> introspection(OWN_ENDPOINT, token, address),
            "INTROSPECT_TOKEN_ERROR standard endpoint",
            (token, address) -> introspection(STANDARD_ENDPOINT, token, address),
            "INTROSPECT_TOKEN_ERROR gateway",
            (token, address) -> networks.gateway(token, address),
            "INTROSPECT_TOKEN_ERROR self",
            (token, address) -> networks.self("GET", token, address),
            "TOKEN_EXCHANGE_ERROR exchange",
            (token, address) -> networks.exchange(token, address),
            "LOGIN_ERROR direct grant",
            (token, address) -> networks.signIn(token, address),
            "LOGIN_ERROR docker",
            (token, address) -> networks.docker(token, address));

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("network-reasons");
        realm = networks.realm();
        networks.allowDocker();
        secret = networks.newSecret(NETWORK);
        jwt = networks.jwt(secret);
        JsonNode other = networks.newToken(NETWORK);
        revoked = other.path("token").asText();
        revokedJwt = networks.jwt(revoked);
        realm.revoke(realm.signIn("alice"), other.path("id").asText());
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @TestFactory
    Stream<DynamicTest> theResponseIsThatToARevokedToken() {
        return CALLS.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    Answer expected = call.getValue().apply(revoked, INSIDE).send();
                    for (String address : List.of(OUTSIDE, "::1", "unknown")) {
                        assertSame(
                                expected, call.getValue().apply(secret, address).send());
                    }
                }));
    }

    @Test
    void theResponseToAJwtIsThatToOneOfARevokedToken() {
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            assertSame(
                    introspection(endpoint, revokedJwt, INSIDE).send(),
                    introspection(endpoint, jwt, OUTSIDE).send());
        }
        Answer expected = networks.gateway(revokedJwt, INSIDE).send();
        assertSame(expected, networks.gateway(jwt, OUTSIDE).send());
        assertSame(expected, networks.gateway(jwt).send());
    }

    @TestFactory
    Stream<DynamicTest> theEventHasTheReasonAndTheAddress() {
        return CALLS.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    String type = call.getKey().split(" ", 2)[0];
                    call.getValue().apply(secret, OUTSIDE).send();
                    networks.assertReason(type, "address_not_allowed", OUTSIDE);
                    JsonNode event = networks.newest(type);
                    assertEquals(realm.userId("alice"), event.path("userId").asText(), event.toString());
                    assertEquals(
                            secret.substring(3, 9),
                            event.path("details").path("prefix").asText());
                    call.getValue().apply(secret, "unknown").send();
                    networks.assertReason(type, "address_unknown", "");
                }));
    }

    /** The error is that of every inactive token, so that alerts on it remain valid. */
    @TestFactory
    Stream<DynamicTest> theEventHasTheErrorOfARevokedToken() {
        return CALLS.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    String type = call.getKey().split(" ", 2)[0];
                    call.getValue().apply(revoked, INSIDE).send();
                    JsonNode expected = networks.newest(type);
                    assertEquals(
                            "revoked", expected.path("details").path("reason").asText());
                    call.getValue().apply(secret, OUTSIDE).send();
                    assertEquals(expected.path("error"), networks.newest(type).path("error"));
                }));
    }

    /** Otherwise, the event or the time of the response would tell that the guessed prefix exists. */
    @TestFactory
    Stream<DynamicTest> aWrongSecretFromOutsideIsAWrongSecret() {
        return CALLS.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    String wrong = MadeUpTokens.withPrefix(secret.substring(3, 9));
                    for (String address : List.of(OUTSIDE, "unknown", INSIDE)) {
                        call.getValue().apply(wrong, address).send();
                        JsonNode event = networks.newest(call.getKey().split(" ", 2)[0]);
                        assertEquals(
                                "wrong_secret",
                                event.path("details").path("reason").asText(),
                                event.toString());
                    }
                }));
    }

    /** A value that is not an address may be anything, also a secret. */
    @Test
    void anInvalidAddressIsNotInEventsOrLogs() {
        String invalid = "not-an-address-but-" + secret.substring(10);
        introspection(OWN_ENDPOINT, secret, invalid).send();
        networks.gateway(secret, invalid).send();
        assertFalse(realm.admin("GET", "/events?max=1000", null).text().contains(invalid));
        assertFalse(Keycloak.get().log().contains(invalid));
    }

    private static Http introspection(String endpoint, String token, String address) {
        return realm.call("POST", endpoint)
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("token", token, "caller_address", address));
    }

    private static void assertSame(Answer expected, Answer answer) {
        assertEquals(expected.status(), answer.status());
        assertEquals(expected.text(), answer.text());
        assertEquals(headers(expected), headers(answer));
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.response().headers().map());
        headers.keySet().removeIf(name -> VARYING.contains(name.toLowerCase(Locale.ROOT)));
        return headers;
    }
}
