package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Realms whose names must be encoded in URLs. Keycloak rejects spaces and most reserved characters. */
class RealmNamesIT {
    @ParameterizedTest
    @ValueSource(strings = "größe∕100%2f")
    void allEndpointsFindTheRealm(String name) {
        Realm realm = Realm.fresh(name);
        String alice = realm.signIn("alice");
        Answer created = realm.create(alice, "{\"name\":\"t\",\"scopes\":[\"read\"]}");
        assertEquals(201, created.status(), created.text());
        JsonNode token = created.json();
        String id = token.path("id").asText();
        assertTrue(created.header("Location").endsWith(realm.path("/api-tokens/" + id)), created.header("Location"));
        String string = token.path("token").asText();

        String issuer = realm.call("GET", "/.well-known/openid-configuration")
                .send()
                .json()
                .path("issuer")
                .asText();
        for (String endpoint : new String[] {Realm.OWN_ENDPOINT, Realm.STANDARD_ENDPOINT}) {
            JsonNode introspected = realm.introspect(endpoint, string).json();
            assertTrue(introspected.path("active").asBoolean(), introspected.toString());
            assertEquals(issuer, introspected.path("iss").asText());
        }
        assertEquals(200, Gateway.asks(realm, "GET", "", string).send().status());
        assertEquals(
                200, realm.call("GET", "/api-tokens/self").bearer(string).send().status());
        assertEquals(1, realm.admin("GET", "/api-tokens", null).json().size());
        assertEquals(204, realm.admin("DELETE", "/api-tokens/" + id, null).status());
        assertEquals(401, Gateway.asks(realm, "GET", "", string).send().status());
        realm.delete();
    }
}
