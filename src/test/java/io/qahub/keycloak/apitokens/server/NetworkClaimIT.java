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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The claim {@code allowed_networks} in introspection responses and JWTs. */
class NetworkClaimIT {
    private static final String CLAIM = "allowed_networks";
    private static final String MAPPED = """
            {"name":"%1$s","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
             "config":{"claim.name":"%1$s","claim.value":"evil","introspection.token.claim":"true",
             "access.token.claim":"true"}}""";
    private static Networks networks;
    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("network-claim");
        realm = networks.realm();
        String id = new Admins(realm).clientUuid("qa-hub-api");
        realm.admin(
                "PUT",
                "/clients/" + id,
                "{\"attributes\":{\"client.introspection.response.allow.jwt.claim.enabled\":\"true\"}}");
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
    @ValueSource(strings = {OWN_ENDPOINT, STANDARD_ENDPOINT})
    void theResponseAndItsJwtHaveTheNetworks(String endpoint) {
        String secret = networks.newSecret("2001:db8::/32", NETWORK);
        for (String sent : List.of(secret, networks.jwt(secret))) {
            Answer answer = realm.call("POST", endpoint)
                    .basic("qa-hub-api", "qa-hub-api-secret")
                    .header("Accept", "application/jwt")
                    .form(Map.of("token", sent, "caller_address", INSIDE))
                    .send();
            List<String> expected = List.of("2001:db8::/32", NETWORK);
            assertEquals(expected, Networks.texts(answer.json().path(CLAIM)), answer.text());
            JsonNode jwt = AccessTokens.claims(answer.json().path("jwt").asText());
            assertEquals(expected, Networks.texts(jwt.path(CLAIM)), jwt.toString());
        }
    }

    /** A JWT is obtained from inside, but would otherwise be valid everywhere. */
    @Test
    void aJwtIsRestrictedAsItsTokenIsNow() {
        JsonNode token = networks.newToken(NETWORK);
        String secret = token.path("token").asText();
        String jwt = networks.jwt(secret);
        assertTrue(networks.isActive(jwt, INSIDE));
        assertFalse(networks.isActive(jwt, OUTSIDE));
        assertFalse(networks.isActive(jwt, null));
        networks.change(token, "192.0.2.0/24");
        assertFalse(networks.isActive(jwt, INSIDE));
        JsonNode moved = networks.introspect(STANDARD_ENDPOINT, jwt, OUTSIDE).json();
        assertEquals(List.of("192.0.2.0/24"), Networks.texts(moved.path(CLAIM)), moved.toString());
        assertEquals(200, networks.edit(token, "{\"allowedNetworks\":null}").status());
        JsonNode free = networks.introspect(STANDARD_ENDPOINT, jwt, null).json();
        assertTrue(free.path("active").asBoolean(), free.toString());
        assertFalse(free.has(CLAIM), free.toString());
    }

    @Test
    void aJwtOfAnUnrestrictedTokenIsRestrictedWithIt() {
        JsonNode token = realm.newToken(realm.signIn("alice"), "free");
        String jwt = networks.jwt(token.path("token").asText());
        assertFalse(AccessTokens.claims(jwt).has(CLAIM));
        assertTrue(networks.isActive(jwt, null));
        networks.change(token, NETWORK);
        assertFalse(networks.isActive(jwt, null));
        assertEquals(401, Gateway.asks(realm, "GET", "", jwt).send().status());
        assertTrue(networks.isActive(jwt, INSIDE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"allowed_networks", "allowed_networks.first"})
    void aMapperOfAScopeCannotSetTheClaim(String name) {
        ClientScopes admin = new ClientScopes(realm);
        String scope = admin.create("mapped", "\"apiTokens.grantable\":\"true\"", "[" + MAPPED.formatted(name) + "]");
        admin.assign("qa-hub-api", scope, "default");
        List<String> tokens = new ArrayList<>();
        for (String field : List.of("", ",\"allowedNetworks\":[\"" + NETWORK + "\"]")) {
            tokens.add(realm.create(realm.signIn("alice"), "{\"name\":\"t\",\"scopes\":[\"mapped\"]" + field + "}")
                    .json()
                    .path("token")
                    .asText());
        }
        assertUnmapped(tokens.get(0), List.of());
        assertUnmapped(tokens.get(1), List.of(NETWORK));
        admin.delete(scope);
    }

    private static void assertUnmapped(String secret, List<String> expected) {
        String jwt = networks.jwt(secret);
        for (JsonNode claims : List.of(
                networks.introspect(OWN_ENDPOINT, secret, INSIDE).json(),
                networks.introspect(STANDARD_ENDPOINT, secret, INSIDE).json(),
                networks.introspect(STANDARD_ENDPOINT, jwt, INSIDE).json(),
                AccessTokens.claims(jwt))) {
            assertEquals("mapped", claims.path("scope").asText(), claims.toString());
            assertEquals(expected, Networks.texts(claims.path(CLAIM)), claims.toString());
            assertEquals(!expected.isEmpty(), claims.has(CLAIM), claims.toString());
        }
    }

    /** At the direct grant, Keycloak runs the mappers of the client itself. */
    @Test
    void aMapperOfAClientCannotSetTheClaim() {
        String path = "/clients/" + new Admins(realm).clientUuid("qa-hub-legacy") + "/protocol-mappers/models";
        Answer made = realm.admin("POST", path, MAPPED.formatted(CLAIM));
        assertEquals(201, made.status(), made.text());
        String free =
                realm.newToken(realm.signIn("alice"), "free").path("token").asText();
        JsonNode unrestricted = AccessTokens.claims(
                AccessTokens.accessToken(networks.signIn(free, OUTSIDE).send()));
        assertFalse(unrestricted.has(CLAIM), unrestricted.toString());
        String secret = networks.newSecret(NETWORK);
        JsonNode restricted = AccessTokens.claims(
                AccessTokens.accessToken(networks.signIn(secret, INSIDE).send()));
        assertEquals(List.of(NETWORK), Networks.texts(restricted.path(CLAIM)), restricted.toString());
    }

    @Test
    void theClaimIsTheIntersectionWithTheRealmsNetworks() {
        JsonNode token = networks.newToken(NETWORK, "2001:db8::/32");
        String secret = token.path("token").asText();
        networks.allow("10.1.0.0/16, 192.0.2.0/24, 2001:db8:1::/48");
        assertClaim(List.of("10.1.0.0/16", "2001:db8:1::/48"), secret);
        networks.allow("0.0.0.0/0 2001:db8::/32");
        assertClaim(List.of(NETWORK, "2001:db8::/32"), secret);
        networks.allow(NETWORK);
        assertClaim(List.of(NETWORK), secret);
        networks.allow("8.0.0.0/6");
        assertClaim(List.of(NETWORK), secret);
    }

    private static void assertClaim(List<String> expected, String secret) {
        String jwt = networks.jwt(secret);
        for (JsonNode claims : List.of(
                networks.introspect(OWN_ENDPOINT, secret, INSIDE).json(),
                networks.introspect(STANDARD_ENDPOINT, jwt, INSIDE).json(),
                AccessTokens.claims(jwt))) {
            assertEquals(
                    expected.stream().sorted().toList(),
                    Networks.texts(claims.path(CLAIM)).stream().sorted().toList(),
                    claims.toString());
        }
    }

    /** Resource servers that verify JWTs without Keycloak must apply the realm's networks as well. */
    @Test
    void aTokenWithoutNetworksHasThoseOfTheRealm() {
        networks.allow("10.0.0.0/8");
        String secret =
                realm.newToken(realm.signIn("alice"), "free").path("token").asText();
        assertClaim(List.of(NETWORK), secret);
        networks.allow(null);
        JsonNode free = networks.introspect(OWN_ENDPOINT, secret, null).json();
        assertTrue(free.path("active").asBoolean(), free.toString());
        assertFalse(free.has(CLAIM), free.toString());
    }
}
