package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid values of {@code apiTokens.allowedNetworks}, with which no token of the realm is accepted. */
class InvalidNetworksOfRealmIT {
    private static final String INVALID = "10.0.0.0/8 office";
    private static Networks networks;
    private static Realm realm;
    private static JsonNode free;
    private static JsonNode restricted;
    private static String jwt;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("invalid-networks-of-realm");
        realm = networks.realm();
        networks.allowDocker();
        free = realm.newToken(realm.signIn("alice"), "free");
        restricted = networks.newToken(NETWORK);
        jwt = networks.jwt(secret(free));
    }

    @AfterEach
    void removePolicy() {
        networks.allow(null);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                INVALID,
                "office",
                "10.0.0.0/33",
                "10.1.2.3/8",
                "10.0.0.0/08",
                "10.0.0.0/8;192.0.2.0/24",
                "10.0.0.0/8|192.0.2.0/24",
                "[\"10.0.0.0/8\"]",
                "10.0.0.0-10.255.255.255",
                "10.0.0.0/255.0.0.0",
                "fe80::1%eth0",
                "::ffff:10.0.0.0/8",
                "10.0.0.0/8 # office",
                "*",
                ",",
                "any",
                "none"
            })
    void noTokenIsActive(String value) {
        networks.allow(value);
        for (String sent : List.of(secret(free), secret(restricted), jwt)) {
            for (String address : List.of(INSIDE, Networks.OUTSIDE)) {
                assertFalse(networks.isActive(sent, address), value);
            }
            assertFalse(networks.isActive(sent, null), value);
        }
        networks.allow(null);
        assertTrue(networks.isActive(secret(free), null));
    }

    @Test
    void noEndpointAcceptsAToken() {
        networks.allow(INVALID);
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            for (String sent : List.of(secret(free), secret(restricted), jwt)) {
                assertEquals(
                        Networks.INACTIVE,
                        networks.introspect(endpoint, sent, INSIDE).text());
            }
        }
        for (String sent : List.of(secret(free), secret(restricted), jwt)) {
            assertEquals(401, networks.gateway(sent, INSIDE).send().status());
        }
        for (String sent : List.of(secret(free), secret(restricted))) {
            assertEquals(401, networks.self("GET", sent, INSIDE).send().status());
            assertEquals(400, networks.exchange(sent, INSIDE).send().status());
            assertTrue(networks.signIn(sent, INSIDE).send().status() >= 400);
            assertEquals(401, networks.docker(sent, INSIDE).send().status());
        }
    }

    @Test
    void theLogSaysWhatIsWrong() {
        networks.allow(INVALID);
        assertFalse(networks.isActive(secret(free), INSIDE));
        assertTrue(Keycloak.get()
                .log()
                .lines()
                .anyMatch(line -> line.contains("WARN")
                        && line.contains("apiTokens.allowedNetworks")
                        && line.contains(realm.name())));
    }

    @ParameterizedTest
    @ValueSource(strings = {INVALID, ",", " ,\n,"})
    void noTokenCanBeCreatedRotatedOrEdited(String value) {
        networks.allow(value);
        for (Answer answer : List.of(
                realm.create(realm.signIn("alice"), "{\"name\":\"t\",\"scopes\":[\"read\"]}"),
                networks.create("[\"" + NETWORK + "\"]"),
                realm.call("POST", Networks.path(free) + "/rotate")
                        .bearer(realm.signIn("alice"))
                        .json("{}")
                        .send(),
                networks.edit(restricted, "{\"allowedNetworks\":[\"10.1.0.0/16\"]}"),
                realm.list(realm.signIn("alice"), "/policy"))) {
            assertEquals(403, answer.status(), answer.text());
            assertTrue(
                    answer.json().path("error_description").asText().contains("apiTokens.allowedNetworks"),
                    answer.text());
        }
    }

    @Test
    void tokensCanBeListedAndRevoked() {
        String alice = realm.signIn("alice");
        JsonNode token = networks.newToken(NETWORK);
        networks.allow(INVALID);
        JsonNode listed = realm.list(alice, "?search=" + token.path("prefix").asText())
                .json()
                .path(0);
        assertEquals(List.of(NETWORK), Networks.texts(listed.path("allowedNetworks")));
        assertEquals(204, realm.revoke(alice, token.path("id").asText()).status());
        networks.allow(null);
        assertFalse(networks.isActive(secret(token), INSIDE));
    }

    /** Only API tokens depend on the attribute. */
    @Test
    void keycloaksOwnTokensAreActive() {
        networks.allow(INVALID);
        String own = AccessTokens.accessToken(realm.grant("qa-hub-api", "alice"));
        assertTrue(
                realm.introspect(STANDARD_ENDPOINT, own).json().path("active").asBoolean());
    }

    private static String secret(JsonNode token) {
        return token.path("token").asText();
    }
}
