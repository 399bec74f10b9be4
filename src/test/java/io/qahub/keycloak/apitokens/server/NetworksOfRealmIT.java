package io.qahub.keycloak.apitokens.server;

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
import org.junit.jupiter.params.provider.ValueSource;

/** The realm attribute {@code apiTokens.allowedNetworks}, which applies to all tokens of the realm. */
class NetworksOfRealmIT {
    private static Networks networks;
    private static Realm realm;
    private static String free;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("networks-of-realm");
        realm = networks.realm();
        networks.allowDocker();
        free = realm.newToken(realm.signIn("alice"), "free").path("token").asText();
    }

    @AfterEach
    void removePolicy() {
        networks.allow(null);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aPolicyAppliesToTheNextRequestWithAnExistingToken() {
        String jwt = networks.jwt(free);
        for (int i = 0; i < 5; i++) {
            for (String sent : List.of(free, jwt)) {
                assertTrue(networks.isActive(sent, null));
            }
            networks.allow(NETWORK);
            for (String sent : List.of(free, jwt)) {
                assertFalse(networks.isActive(sent, null));
                networks.assertReason("INTROSPECT_TOKEN_ERROR", "address_unknown", "");
                assertFalse(networks.isActive(sent, OUTSIDE));
                networks.assertReason("INTROSPECT_TOKEN_ERROR", "address_not_allowed", OUTSIDE);
                assertTrue(networks.isActive(sent, INSIDE));
            }
            networks.allow("192.0.2.0/24");
            assertTrue(networks.isActive(free, OUTSIDE));
            assertFalse(networks.isActive(free, INSIDE));
            networks.allow(null);
        }
    }

    @Test
    void aPolicyAppliesAtEveryEndpoint() {
        String jwt = networks.jwt(free);
        networks.allow(NETWORK);
        uses(free, jwt, INSIDE)
                .forEach((use, call) -> assertEquals(200, call.send().status(), use));
        uses(free, jwt, OUTSIDE).forEach((use, call) -> assertRefused(use, call.send()));
        assertEquals(401, Gateway.asks(realm, "GET", "", free).send().status());
        assertEquals(
                401, realm.call("GET", "/api-tokens/self").bearer(free).send().status());
    }

    /** Returns every way to use a token or a JWT from an address. */
    private static Map<String, Http> uses(String token, String jwt, String address) {
        return Map.of(
                "own introspection", introspection(OWN_ENDPOINT, token, address),
                "standard introspection", introspection(STANDARD_ENDPOINT, token, address),
                "introspection of a JWT", introspection(STANDARD_ENDPOINT, jwt, address),
                "gateway", networks.gateway(token, address),
                "gateway with a JWT", networks.gateway(jwt, address),
                "self", networks.self("GET", token, address),
                "exchange", networks.exchange(token, address),
                "direct grant", networks.signIn(token, address),
                "docker", networks.docker(token, address));
    }

    private static Http introspection(String endpoint, String token, String address) {
        return realm.call("POST", endpoint)
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("token", token, "caller_address", address));
    }

    private static void assertRefused(String use, Answer answer) {
        boolean isIntrospection = use.contains("introspection");
        assertEquals(isIntrospection, answer.status() == 200, use + answer.text());
        assertTrue(!isIntrospection || answer.text().equals(Networks.INACTIVE), use + answer.text());
    }

    @Test
    void anAddressMustBeInANetworkOfTheTokenAndOneOfTheRealm() {
        JsonNode token = networks.newToken(NETWORK, "2001:db8::/32");
        String secret = token.path("token").asText();
        networks.allow("10.1.0.0/16 192.0.2.0/24");
        for (String refused : List.of("10.2.0.0", OUTSIDE, "2001:db8::1", "11.0.0.1")) {
            assertFalse(networks.isActive(secret, refused), refused);
        }
        assertTrue(networks.isActive(secret, INSIDE));
        assertEquals(
                List.of(NETWORK, "2001:db8::/32"),
                Networks.texts(networks.get(token).path("allowedNetworks")),
                "the policy does not change tokens");
    }

    @Test
    void aTokenWhoseNetworksAreOutsideOfThePolicyCannotBeUsed() {
        String secret = networks.newSecret(NETWORK);
        networks.allow("192.0.2.0/24");
        for (String address : List.of(INSIDE, OUTSIDE)) {
            assertFalse(networks.isActive(secret, address));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8 2001:db8::/32",
                "10.0.0.0/8,2001:db8::/32",
                "10.0.0.0/8, 2001:db8::/32",
                "10.0.0.0/8\n2001:db8::/32",
                "10.0.0.0/8\r\n2001:db8::/32\r\n",
                "  10.0.0.0/8 ,\n\n 2001:DB8:0::/32  ",
                "::ffff:10.0.0.0/104 2001:db8::/32"
            })
    void networksAreSeparatedBySpacesCommasOrLineBreaks(String value) {
        networks.allow(value);
        for (String address : List.of(INSIDE, "2001:db8::1")) {
            assertTrue(networks.isActive(free, address), address);
        }
        assertFalse(networks.isActive(free, OUTSIDE));
        assertEquals(
                List.of(NETWORK, "2001:db8::/32"),
                Networks.texts(
                        realm.list(realm.signIn("alice"), "/policy").json().path("allowedNetworks")));
    }

    @Test
    void ownersAndAdminsCanReadThePolicy() {
        for (JsonNode unset : policies()) {
            assertTrue(
                    unset.has("allowedNetworks")
                            && unset.path("allowedNetworks").isNull(),
                    unset.toString());
        }
        networks.allow("192.0.2.1 " + NETWORK);
        for (JsonNode set : policies()) {
            assertEquals(List.of("192.0.2.1/32", NETWORK), Networks.texts(set.path("allowedNetworks")), set.toString());
        }
    }

    private static List<JsonNode> policies() {
        return Stream.of(realm.list(realm.signIn("alice"), "/policy"), realm.admin("GET", "/api-tokens/policy", null))
                .map(Answer::json)
                .toList();
    }

    @Test
    void aNewTokensNetworksMustOverlapWithThoseOfTheRealm() {
        networks.allow("10.1.0.0/16 2001:db8::/32");
        for (String network :
                List.of("10.1.0.0/16", "10.1.2.0/24", INSIDE, NETWORK, "0.0.0.0/0", "2001:db8::1", "::/0")) {
            assertEquals(201, networks.create("[\"" + network + "\"]").status(), network);
        }
        for (String network : List.of("10.2.0.0/16", "10.0.0.0/16", OUTSIDE, "2001:db9::/32", "::1", "11.0.0.0/8")) {
            assertOutside(networks.create("[\"" + network + "\"]"), network);
            assertOutside(networks.create("[\"10.1.0.0/16\",\"" + network + "\"]"), network);
        }
        assertEquals(
                201,
                realm.create(realm.signIn("alice"), "{\"name\":\"t\",\"scopes\":[\"read\"]}")
                        .status());
    }

    @Test
    void aTokenForAllAddressesIsAsOneWithoutNetworks() {
        networks.allow(NETWORK);
        Answer made = networks.create("[\"0.0.0.0/0\",\"::/0\"]");
        assertEquals(201, made.status(), made.text());
        assertTrue(networks.isActive(made.json().path("token").asText(), INSIDE));
    }

    @Test
    void anAdminsTokenMustOverlapWithTheRealmsNetworksAsWell() {
        realm.admin("POST", "/clients", "{\"clientId\":\"robot\",\"serviceAccountsEnabled\":true}");
        networks.allow(NETWORK);
        String json = "{\"client\":\"robot\",\"name\":\"ci\",\"scopes\":[\"read\"],\"allowedNetworks\":[\"%s\"]}";
        assertOutside(realm.admin("POST", "/api-tokens", json.formatted("192.0.2.0/24")), "192.0.2.0/24");
        assertEquals(
                201,
                realm.admin("POST", "/api-tokens", json.formatted("10.1.0.0/16"))
                        .status());
    }

    @Test
    void editedNetworksMustOverlapWithThoseOfTheRealm() {
        JsonNode token = networks.newToken(NETWORK);
        networks.allow("10.1.0.0/16");
        assertOutside(networks.edit(token, "{\"allowedNetworks\":[\"10.2.0.0/16\"]}"), "10.2.0.0/16");
        assertEquals(List.of(NETWORK), Networks.texts(networks.get(token).path("allowedNetworks")));
        networks.change(token, "10.1.2.0/24");
        assertEquals(200, networks.edit(token, "{\"allowedNetworks\":null}").status());
    }

    private static void assertOutside(Answer answer, String network) {
        BadRequestIT.refused(answer, 400, "invalid_request");
        assertTrue(answer.json().path("error_description").asText().contains(network.split("/", -1)[0]), answer.text());
    }

    @Test
    void aRotationKeepsNetworksThatThePolicyNoLongerAllows() {
        JsonNode token = networks.newToken("192.0.2.0/24");
        networks.allow(NETWORK);
        Answer rotated = realm.call("POST", Networks.path(token) + "/rotate")
                .bearer(realm.signIn("alice"))
                .json("{}")
                .send();
        assertEquals(200, rotated.status(), rotated.text());
        assertEquals(List.of("192.0.2.0/24"), Networks.texts(rotated.json().path("allowedNetworks")));
    }
}
