package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Networks.OUTSIDE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Anyone who finds a token can revoke it, from every address. */
class NetworkRevocationIT {
    private static Networks networks;
    private static Realm realm;

    /** Every way to revoke a token, over a connection from outside of its networks. */
    private static final Map<String, Function<JsonNode, Http>> WAYS = Map.of(
            "owner",
            token -> realm.call("DELETE", Networks.path(token)).bearer(realm.signIn("alice")),
            "admin",
            token -> admin("DELETE", Networks.path(token)),
            "admin, in bulk",
            token -> admin("POST", "/api-tokens/revoke")
                    .json("{\"ids\":[\"" + token.path("id").asText() + "\"]}"),
            "self",
            token -> realm.call("DELETE", "/api-tokens/self").bearer(secret(token)),
            "leak report",
            token -> realm.call("POST", "/api-tokens/revoke").form("token=" + secret(token)),
            "RFC 7009",
            token -> realm.call("POST", "/protocol/openid-connect/revoke")
                    .basic("qa-hub-api", "qa-hub-api-secret")
                    .form("token=" + secret(token)),
            "GitHub",
            token -> GithubMessages.signed(
                    realm,
                    "[{\"token\":\"%s\",\"type\":\"qa_hub\",\"url\":\"https://github.com/a\",\"source\":\"content\"}]"
                            .formatted(secret(token))));

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("network-revocation");
        realm = networks.realm();
    }

    @AfterEach
    void removePolicy() {
        networks.allow(null);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @TestFactory
    Stream<DynamicTest> aTokenIsRevokedFromOutsideOfItsNetworks() {
        return ways(null);
    }

    @TestFactory
    Stream<DynamicTest> aTokenIsRevokedFromOutsideOfTheRealmsNetworks() {
        return ways(NETWORK);
    }

    @TestFactory
    Stream<DynamicTest> aTokenIsRevokedWhileThePolicyIsInvalid() {
        return ways("office");
    }

    private static Stream<DynamicTest> ways(String policy) {
        return WAYS.entrySet().stream()
                .map(way -> DynamicTest.dynamicTest(way.getKey(), () -> {
                    networks.allow(null);
                    JsonNode token = networks.newToken(NETWORK);
                    String jwt = networks.jwt(secret(token));
                    networks.allow(policy);
                    Answer answer = way.getValue()
                            .apply(token)
                            .header("X-Forwarded-For", OUTSIDE)
                            .send();
                    assertTrue(answer.status() < 300, answer.text());
                    assertEquals("revoked", networks.get(token).path("status").asText());
                    assertRevocation(token);
                    networks.allow(null);
                    assertFalse(networks.isActive(secret(token), INSIDE));
                    assertFalse(networks.isActive(jwt, INSIDE));
                }));
    }

    private static void assertRevocation(JsonNode token) {
        JsonNode details = networks.newest("REMOVE_CREDENTIAL").path("details");
        assertEquals(token.path("prefix"), details.path("prefix"), details.toString());
    }

    private static Http admin(String method, String path) {
        return Http.call(realm.server(), method, "/admin/realms/" + realm.name() + path)
                .bearer(realm.adminToken());
    }

    private static String secret(JsonNode token) {
        return token.path("token").asText();
    }
}
