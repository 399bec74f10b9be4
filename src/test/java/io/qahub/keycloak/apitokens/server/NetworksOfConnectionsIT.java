package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Networks.OUTSIDE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Endpoints at which the caller's address is that of the connection: self, token exchange, direct grant and docker. */
class NetworksOfConnectionsIT {
    private static Networks networks;
    private static Realm realm;
    private static String secret;

    /** Calls with a token from an address, with the type of their error events. */
    private static final Map<BiFunction<String, String, Http>, String> CALLS = Map.of(
            (token, address) -> networks.self("GET", token, address), "INTROSPECT_TOKEN_ERROR",
            (token, address) -> networks.exchange(token, address), "TOKEN_EXCHANGE_ERROR",
            (token, address) -> networks.signIn(token, address), "LOGIN_ERROR",
            (token, address) -> networks.docker(token, address), "LOGIN_ERROR");

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("networks-of-connections");
        realm = networks.realm();
        networks.allowDocker();
        secret = networks.newSecret(NETWORK, "2001:db8::/32");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @TestFactory
    Stream<DynamicTest> anAddressInANetworkIsAccepted() {
        return Stream.of(INSIDE, "10.0.0.0", "2001:db8::1", "2001:DB8:0:0:0:0:0:1")
                .map(address -> DynamicTest.dynamicTest(
                        address,
                        () -> CALLS.forEach((call, type) -> {
                            Answer answer = call.apply(secret, address).send();
                            assertEquals(200, answer.status(), type + answer.text());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> anAddressOutsideIsRefused() {
        return Stream.of(OUTSIDE, "11.0.0.0", "2001:db9::1", "::1", "127.0.0.1")
                .map(address -> DynamicTest.dynamicTest(
                        address,
                        () -> CALLS.forEach((call, type) -> {
                            assertRefused(call.apply(secret, address).send());
                            assertEquals("address_not_allowed", reason(type));
                            JsonNode event = networks.newest(type);
                            assertTrue(event.path("details").has("caller_address"), event.toString());
                        })));
    }

    /** A proxy that does not know the address sends {@code unknown}. */
    @Test
    void anUnknownAddressIsRefused() {
        CALLS.forEach((call, type) -> {
            assertRefused(call.apply(secret, "unknown").send());
            assertEquals("address_unknown", reason(type));
        });
    }

    /** Keycloak uses the first entry of a list, so that a proxy must replace the header. */
    @TestFactory
    Stream<DynamicTest> theAddressIsThatOfKeycloaksEvents() {
        return Stream.of(INSIDE + ", " + OUTSIDE, OUTSIDE + ", " + INSIDE, OUTSIDE + "," + INSIDE + "," + OUTSIDE)
                .map(list -> DynamicTest.dynamicTest(list, () -> {
                    boolean isInside = list.startsWith(INSIDE);
                    Answer answer = networks.exchange(secret, list).send();
                    assertEquals(isInside ? 200 : 400, answer.status(), answer.text());
                    JsonNode event = networks.newest(isInside ? "TOKEN_EXCHANGE" : "TOKEN_EXCHANGE_ERROR");
                    assertEquals(
                            isInside ? INSIDE : OUTSIDE, event.path("ipAddress").asText(), event.toString());
                }));
    }

    @Test
    void neitherAParameterNorAnotherHeaderStatesTheAddress() {
        String query = "?caller_address=" + INSIDE + "&addressHeader=X-Real-IP";
        assertRefused(forged("GET", "/api-tokens/self" + query).bearer(secret).send());
        String form = "&caller_address=" + INSIDE + "&addressHeader=X-Real-IP";
        String endpoint = "/protocol/openid-connect/token";
        assertRefused(forged("POST", endpoint + query)
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form("grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=" + secret
                        + "&subject_token_type=" + AccessTokens.TYPE + form)
                .send());
        assertRefused(forged("POST", endpoint + query)
                .basic("qa-hub-legacy", "qa-hub-legacy-secret")
                .form("grant_type=password&username=alice&password=" + secret + form)
                .send());
        assertRefused(forged("GET", "/protocol/docker-v2/auth" + query + "&service=registry&account=alice")
                .basic("alice", secret)
                .send());
    }

    private static Http forged(String method, String path) {
        return realm.call(method, path)
                .header("X-Forwarded-For", OUTSIDE)
                .header("X-Real-IP", INSIDE)
                .header("X-Client-IP", INSIDE)
                .header("Forwarded", "for=" + INSIDE);
    }

    @Test
    void withoutAProxyTheAddressIsThatOfTheClient() {
        String local = networks.newSecret("127.0.0.0/8", "::1");
        assertEquals(
                200, realm.call("GET", "/api-tokens/self").bearer(local).send().status());
        AccessTokens tokens = new AccessTokens(realm);
        assertEquals(200, tokens.exchange(local).status());
        assertEquals(200, tokens.signIn("qa-hub-legacy", "alice", local).status());
        assertRefused(realm.call("GET", "/api-tokens/self").bearer(secret).send());
        assertRefused(tokens.exchange(secret));
        assertRefused(tokens.signIn("qa-hub-legacy", "alice", secret));
    }

    /** Only with the authenticator does a client's password grant accept API tokens; the token alone is then enough. */
    @Test
    void aSignInWithoutUsernameIsRestrictedAsWell() {
        Map<String, String> form = Map.of("grant_type", "password", "password", secret);
        for (String address : List.of(INSIDE, OUTSIDE)) {
            Answer answer = realm.call("POST", "/protocol/openid-connect/token")
                    .basic("qa-hub-legacy", "qa-hub-legacy-secret")
                    .header("X-Forwarded-For", address)
                    .form(form)
                    .send();
            assertEquals(address.equals(INSIDE), answer.status() == 200, answer.text());
        }
    }

    @Test
    void aTokenWithoutNetworksIsAcceptedFromEveryAddress() {
        String free =
                realm.newToken(realm.signIn("alice"), "free").path("token").asText();
        for (String address : List.of(INSIDE, OUTSIDE, "::1", "unknown")) {
            CALLS.forEach((call, type) ->
                    assertEquals(200, call.apply(free, address).send().status(), type + address));
        }
    }

    /** The JWT cannot be used from elsewhere, whether its resource server introspects it or reads the claim. */
    @Test
    void theJwtsOfAnExchangeAndASignInHaveTheClaim() {
        for (Http call : List.of(networks.exchange(secret, INSIDE), networks.signIn(secret, INSIDE))) {
            JsonNode claims = AccessTokens.claims(AccessTokens.accessToken(call.send()));
            assertEquals(
                    List.of(NETWORK, "2001:db8::/32"),
                    Networks.texts(claims.path("allowed_networks")),
                    claims.toString());
        }
    }

    @Test
    void aSignInFromOutsideDoesNotCountAsAWrongPassword() {
        realm.admin("PUT", "", "{\"bruteForceProtected\":true,\"failureFactor\":2,\"quickLoginCheckMilliSeconds\":0}");
        for (int i = 0; i < 5; i++) {
            assertRefused(networks.signIn(secret, OUTSIDE).send());
        }
        assertEquals(200, realm.grant("qa-hub-cli", "alice").status());
        assertEquals(200, networks.signIn(secret, INSIDE).send().status());
        realm.admin("PUT", "", "{\"bruteForceProtected\":false}");
    }

    private static String reason(String type) {
        return networks.newest(type).path("details").path("reason").asText();
    }

    private static void assertRefused(Answer answer) {
        assertTrue(answer.status() == 401 || answer.status() == 400, answer.text());
        assertFalse(answer.text().contains("\"access_token\"") || answer.text().contains("\"prefix\""), answer.text());
    }
}
