package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.INACTIVE;
import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Networks.OUTSIDE;
import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client attribute {@code apiTokens.checksNetworks}: resource servers that compare the caller's address themselves. */
class ClientsThatCheckNetworksIT {
    private static final String CLIENT = "checks-true";
    private static Networks networks;
    private static Realm realm;
    private static String secret;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("clients-check-networks");
        realm = networks.realm();
        secret = networks.newSecret(NETWORK);
        for (String value : List.of("true", "false", "yes", "1")) {
            new AccessTokens(realm).newClient("checks-" + value, """
                    "fullScopeAllowed":false,"defaultClientScopes":["api-tokens"],
                    "attributes":{"apiTokens.checksNetworks":"%s","apiTokens.addressHeader":"%s"}""".formatted(value, Networks.HEADER));
        }
    }

    @AfterEach
    void removePolicy() {
        networks.allow(null);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    static Stream<String> endpoints() {
        return Stream.of(OWN_ENDPOINT, STANDARD_ENDPOINT);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void withoutAnAddressTheClientIsToldTheNetworks(String endpoint) {
        for (String sent : List.of(secret, jwt())) {
            Answer answer = networks.introspectAs(CLIENT, endpoint, sent, null);
            assertTrue(isActive(answer), answer.text());
            assertEquals(List.of(NETWORK), Networks.texts(answer.json().path("allowed_networks")));
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void withAnAddressTheNetworksApplyAsForOtherClients(String endpoint) {
        for (String sent : List.of(secret, jwt())) {
            for (String address : List.of(OUTSIDE, "", "localhost", "10.1.2.3:80")) {
                assertEquals(
                        INACTIVE,
                        networks.introspectAs(CLIENT, endpoint, sent, address).text(),
                        address);
            }
            assertTrue(isActive(networks.introspectAs(CLIENT, endpoint, sent, INSIDE)));
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void aRepeatedAddressIsNotAMissingOne(String endpoint) {
        Answer answer = realm.call("POST", endpoint)
                .basic(CLIENT, CLIENT + "-secret")
                .form("token=" + secret + "&caller_address=" + OUTSIDE + "&caller_address=" + INSIDE)
                .send();
        assertFalse(isActive(answer), answer.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "yes", "1"})
    void onlyTrueMeansThatAClientChecksNetworks(String value) {
        String client = "checks-" + value;
        assertFalse(isActive(networks.introspectAs(client, OWN_ENDPOINT, secret, null)));
        assertTrue(isActive(networks.introspectAs(client, OWN_ENDPOINT, secret, INSIDE)));
    }

    @Test
    void theAttributeHasNoEffectAtTheGatewayEndpoint() {
        for (String sent : List.of(secret, jwt())) {
            assertEquals(401, gateway(sent).send().status());
            assertEquals(
                    401, gateway(sent).header(Networks.HEADER, OUTSIDE).send().status());
            Answer inside = gateway(sent).header(Networks.HEADER, INSIDE).send();
            assertEquals(200, inside.status(), inside.text());
        }
    }

    @Test
    void theAttributeHasNoEffectOnAnExchange() {
        assertEquals(400, exchange(OUTSIDE).status());
        assertEquals(200, exchange(INSIDE).status());
    }

    @Test
    void aTokenWithoutNetworksIsActiveWithoutTheClaim() {
        String free =
                realm.newToken(realm.signIn("alice"), "free").path("token").asText();
        Answer answer = networks.introspectAs(CLIENT, OWN_ENDPOINT, free, null);
        assertTrue(isActive(answer), answer.text());
        assertFalse(answer.json().has("allowed_networks"), answer.text());
    }

    @Test
    void theClientIsToldTheIntersectionWithTheRealmsNetworks() {
        networks.allow("10.1.0.0/16 192.0.2.0/24");
        JsonNode answer =
                networks.introspectAs(CLIENT, OWN_ENDPOINT, secret, null).json();
        assertEquals(List.of("10.1.0.0/16"), Networks.texts(answer.path("allowed_networks")), answer.toString());
    }

    /** An empty or missing claim could be taken for no restriction. */
    @Test
    void aTokenThatCannotBeUsedFromAnywhereIsInactive() {
        networks.allow("192.0.2.0/24");
        assertEquals(
                INACTIVE,
                networks.introspectAs(CLIENT, OWN_ENDPOINT, secret, null).text());
    }

    /** The networks of the realm are unknown then. */
    @Test
    void aTokenIsInactiveWhileThePolicyIsInvalid() {
        String jwt = jwt();
        networks.allow("office");
        for (String sent : List.of(secret, jwt)) {
            assertEquals(
                    INACTIVE,
                    networks.introspectAs(CLIENT, OWN_ENDPOINT, sent, null).text());
        }
    }

    private static Http gateway(String token) {
        return realm.call("GET", "/api-tokens/authorize")
                .header(Gateway.CALLER, Gateway.credentials(CLIENT, CLIENT + "-secret"))
                .bearer(token);
    }

    private static String jwt() {
        return AccessTokens.accessToken(exchange(INSIDE));
    }

    private static Answer exchange(String address) {
        return realm.call("POST", "/protocol/openid-connect/token")
                .basic(CLIENT, CLIENT + "-secret")
                .header("X-Forwarded-For", address)
                .form(Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token",
                        secret,
                        "subject_token_type",
                        AccessTokens.TYPE))
                .send();
    }

    private static boolean isActive(Answer answer) {
        return answer.status() == 200 && answer.json().path("active").asBoolean();
    }
}
