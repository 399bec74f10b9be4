package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The field {@code allowedNetworks} in requests, responses and events. */
class AllowedNetworksIT {
    private static final String FIELD = "allowedNetworks";
    private static final String V6 = "2001:db8::/32";
    private static Networks networks;
    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("allowed-networks");
        realm = networks.realm();
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    /** RFC 5952 for IPv6. */
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "192.0.2.1, 192.0.2.1/32",
        "192.0.2.1/32, 192.0.2.1/32",
        "::/0, ::/0",
        "::1, ::1/128",
        "2001:DB8::/32, 2001:db8::/32",
        "2001:0db8:0000:0000:0000:0000:0000:0000/32, 2001:db8::/32",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1/128",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1/128",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3/128",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221/128",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::FFFF:192.0.2.1, 192.0.2.1/32",
        "::ffff:c000:201/128, 192.0.2.1/32",
        "::ffff:0:0/96, 0.0.0.0/0"
    })
    void aNetworkIsReturnedInItsCanonicalForm(String given, String canonical) {
        assertEquals(List.of(canonical), of(networks.newToken(given)));
    }

    @Test
    void networksKeepTheirOrderAndAreReturnedOnce() {
        JsonNode token = networks.newToken(V6, "192.0.2.1", NETWORK, "2001:DB8:0::/32", "::ffff:10.0.0.0/104");
        assertEquals(List.of(V6, "192.0.2.1/32", NETWORK), of(token));
        assertEquals(List.of(V6, "192.0.2.1/32", NETWORK), of(networks.get(token)));
    }

    @Test
    void aTokenHasUpTo40Networks() {
        List<String> longest = IntStream.range(0, 40)
                .mapToObj(i -> "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff%02x/128".formatted(255 - i))
                .toList();
        JsonNode token = networks.newToken(longest.toArray(String[]::new));
        assertEquals(longest, of(networks.get(token)));
        networks.change(token, "192.0.2.1");
        networks.change(token, longest.toArray(String[]::new));
        assertEquals(longest, of(networks.get(token)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"allowedNetworks\":null"})
    void aTokenWithoutNetworksCanBeUsedFromEverywhere(String field) {
        Answer made = realm.create(realm.signIn("alice"), "{\"name\":\"t\",\"scopes\":[\"read\"]" + field + "}");
        assertEquals(201, made.status(), made.text());
        assertIsUnrestricted(made.json(), made.json().path("token").asText());
    }

    @Test
    void allAddressesAreTheSameAsNoRestriction() {
        for (String[] all :
                List.of(new String[] {"0.0.0.0/0", "::/0"}, new String[] {"::/0", "10.0.0.0/8", "0.0.0.0/0"})) {
            JsonNode token = networks.newToken(all);
            assertIsUnrestricted(token, token.path("token").asText());
        }
    }

    private static void assertIsUnrestricted(JsonNode token, String secret) {
        assertFalse(token.has(FIELD), token.toString());
        assertFalse(networks.get(token).has(FIELD));
        JsonNode introspected = realm.introspect(OWN_ENDPOINT, secret).json();
        assertTrue(introspected.path("active").asBoolean(), introspected.toString());
        assertFalse(introspected.has("allowed_networks"), introspected.toString());
        assertTrue(networks.isActive(secret, Networks.OUTSIDE));
    }

    @Test
    void allRepresentationsOfATokenHaveItsNetworks() {
        JsonNode token = networks.newToken(NETWORK, V6);
        List<String> expected = List.of(NETWORK, V6);
        String alice = realm.signIn("alice");
        String search = "?search=" + token.path("prefix").asText();
        String path = Networks.path(token);
        assertEquals(expected, of(token));
        assertEquals(expected, of(networks.get(token)));
        assertEquals(expected, of(realm.list(alice, search).json().path(0)));
        assertEquals(expected, of(realm.admin("GET", path, null).json()));
        assertEquals(
                expected,
                of(realm.admin("GET", "/api-tokens" + search, null).json().path(0)));
        String secret = token.path("token").asText();
        assertEquals(expected, of(networks.self("GET", secret, INSIDE).send().json()));
        assertEquals(expected, of(networks.edit(token, "{\"name\":\"n\"}").json()));
    }

    @Test
    void aRotationKeepsTheNetworks() {
        JsonNode token = networks.newToken(NETWORK);
        JsonNode rotated = realm.call("POST", Networks.path(token) + "/rotate")
                .bearer(realm.signIn("alice"))
                .json("{\"overlapSeconds\":60}")
                .send()
                .json();
        assertEquals(List.of(NETWORK), of(rotated));
        for (JsonNode each : List.of(token, rotated)) {
            String secret = each.path("token").asText();
            assertTrue(networks.isActive(secret, INSIDE));
            assertFalse(networks.isActive(secret, Networks.OUTSIDE));
        }
    }

    @Test
    void anEditReplacesOrRemovesTheNetworksOrKeepsThem() {
        JsonNode token = networks.newToken(NETWORK, V6);
        assertEquals(List.of("192.0.2.0/24"), of(edit(token, "{\"allowedNetworks\":[\"192.0.2.0/24\"]}")));
        JsonNode all = edit(token, "{\"name\":\"a\",\"description\":\"b\",\"allowedNetworks\":[\"" + V6 + "\"]}");
        assertEquals(List.of(V6), of(all));
        assertEquals("a", all.path("name").asText());
        assertEquals("b", all.path("description").asText());
        assertEquals(List.of(V6), of(edit(token, "{\"name\":\"c\"}")));
        assertEquals(List.of(V6), of(edit(token, "{\"description\":null}")));
        JsonNode free = edit(token, "{\"allowedNetworks\":null}");
        assertEquals("c", free.path("name").asText());
        assertIsUnrestricted(free, token.path("token").asText());
        assertEquals(List.of(NETWORK), of(edit(token, "{\"allowedNetworks\":[\"" + NETWORK + "\"]}")));
    }

    @Test
    void anEditTakesEffectAtTheNextVerification() {
        JsonNode token = networks.newToken(NETWORK);
        String secret = token.path("token").asText();
        for (int i = 0; i < 5; i++) {
            assertTrue(networks.isActive(secret, INSIDE));
            networks.change(token, "192.0.2.0/24");
            assertFalse(networks.isActive(secret, INSIDE));
            assertTrue(networks.isActive(secret, Networks.OUTSIDE));
            networks.change(token, NETWORK);
        }
    }

    @Test
    void theEventsOfCreationAndEditHaveTheNetworks() {
        JsonNode token = networks.newToken(NETWORK, V6);
        assertEquals(NETWORK + " " + V6, announced(token));
        edit(token, "{\"allowedNetworks\":[\"192.0.2.1\"]}");
        assertEquals("192.0.2.1/32", announced(token));
        edit(token, "{\"allowedNetworks\":null}");
        assertEquals("", announced(token));
        assertEquals("", announced(realm.newToken(realm.signIn("alice"), "without networks")));
    }

    /** Returns the networks in the newest event, which must be about this token. */
    private static String announced(JsonNode token) {
        JsonNode details = networks.newest("UPDATE_CREDENTIAL").path("details");
        assertEquals(token.path("prefix"), details.path("prefix"));
        return details.path("allowed_networks").asText();
    }

    @Test
    void aServiceAccountsTokenCanHaveNetworks() {
        realm.admin("POST", "/clients", "{\"clientId\":\"robot\",\"serviceAccountsEnabled\":true}");
        Answer made = realm.admin("POST", "/api-tokens", """
                {"client":"robot","name":"ci","scopes":["read"],"allowedNetworks":["10.0.0.0/8"]}""");
        assertEquals(201, made.status(), made.text());
        assertEquals(List.of(NETWORK), of(made.json()));
        String secret = made.json().path("token").asText();
        assertTrue(networks.isActive(secret, INSIDE));
        assertFalse(networks.isActive(secret, Networks.OUTSIDE));
    }

    @Test
    void aRepeatedCreationIsAnsweredAsWithoutNetworks() {
        String key = UUID.randomUUID().toString();
        JsonNode first = createWith(key, NETWORK).json();
        for (String network : List.of(NETWORK, "192.0.2.0/24")) {
            Answer repeated = createWith(key, network);
            BadRequestIT.refused(repeated, 409, "repeated_request");
            assertTrue(repeated.header("Location").endsWith(Networks.path(first)));
        }
        assertEquals(List.of(NETWORK), of(networks.get(first)));
    }

    private static Answer createWith(String key, String network) {
        return realm.call("POST", "/api-tokens")
                .bearer(realm.signIn("alice"))
                .header("Idempotency-Key", key)
                .json("{\"name\":\"t\",\"scopes\":[\"read\"],\"allowedNetworks\":[\"" + network + "\"]}")
                .send();
    }

    /** Otherwise, the holder of a stolen token could widen its networks. */
    @Test
    void onlyTheOwnerEditsNetworks() {
        JsonNode token = networks.newToken(NETWORK);
        String json = "{\"allowedNetworks\":null}";
        for (String bearer : List.of(
                token.path("token").asText(), networks.jwt(token.path("token").asText()))) {
            assertEquals(401, edit(bearer, token, json).status());
        }
        assertEquals(404, edit(realm.signIn("bob"), token, json).status());
        assertEquals(List.of(NETWORK), of(networks.get(token)));
    }

    @Test
    void aRotationCannotChangeNetworks() {
        JsonNode token = networks.newToken(NETWORK);
        Answer answer = realm.call("POST", Networks.path(token) + "/rotate")
                .bearer(realm.signIn("alice"))
                .json("{\"allowedNetworks\":null}")
                .send();
        BadRequestIT.refused(answer, 400, "invalid_request");
        assertEquals(List.of(NETWORK), of(networks.get(token)));
    }

    private static Answer edit(String bearer, JsonNode token, String json) {
        return realm.call("PATCH", Networks.path(token))
                .bearer(bearer)
                .json(json)
                .send();
    }

    private static JsonNode edit(JsonNode token, String json) {
        Answer answer = networks.edit(token, json);
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private static List<String> of(JsonNode token) {
        return Networks.texts(token.path(FIELD));
    }

    @Test
    void aConcurrentChangeOfTheNameKeepsTheNetworks() {
        JsonNode token = realm.newToken(realm.signIn("alice"), "t");
        for (int trial = 0; trial < 10; trial++) {
            boolean restricts = trial % 2 == 0;
            String field = restricts ? Networks.array(List.of(NETWORK)) : "null";
            new Burst()
                    .add("name", 200, () -> networks.edit(token, "{\"name\":\"renamed\"}"))
                    .add("networks", 200, () -> networks.edit(token, "{\"allowedNetworks\":" + field + "}"))
                    .send(Duration.ofSeconds(30));
            assertEquals(restricts, networks.get(token).has(FIELD), "trial " + trial);
        }
    }
}
