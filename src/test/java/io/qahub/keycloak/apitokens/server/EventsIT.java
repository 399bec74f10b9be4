package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("container")
class EventsIT {
    private static Realm realm;
    private static String aliceId;
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("events");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"adminEventsEnabled":true,"adminEventsDetailsEnabled":true,"enabledEventTypes":
                 ["UPDATE_CREDENTIAL","REMOVE_CREDENTIAL","INTROSPECT_TOKEN","INTROSPECT_TOKEN_ERROR"]}""");
        realm.admin("PUT", "", "{\"dockerAuthenticationFlow\":\"sign in with an API token\"}");
        realm.admin("POST", "/clients", "{\"clientId\":\"registry\",\"protocol\":\"docker-v2\"}");
        aliceId = realm.admin("GET", "/users?username=alice&exact=true", null)
                .json()
                .path(0)
                .path("id")
                .asText();
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void creationSendsAnUpdateCredentialEvent() {
        JsonNode token = realm.newToken(alice, "announced");
        JsonNode event = newest("UPDATE_CREDENTIAL");
        assertOwnersEvent(token, event);
    }

    /** Keycloak's table of events cannot contain these characters on MariaDB and MySQL. */
    @Test
    void anEventContainsNoCharacterOutsideTheBasicMultilingualPlane() {
        JsonNode token = realm.newToken(alice, "build 🚀 ü");
        assertEquals("build 🚀 ü", token.path("name").asText());
        assertEquals(
                "build \uFFFD ü",
                newest("UPDATE_CREDENTIAL").path("details").path("name").asText());
    }

    @Test
    void revocationSendsARemoveCredentialEvent() {
        JsonNode token = realm.newToken(alice, "withdrawn");
        realm.revoke(alice, token.path("id").asText());
        JsonNode event = newest("REMOVE_CREDENTIAL");
        assertOwnersEvent(token, event);
        assertEquals("owner", event.path("details").path("revoked_by").asText());
    }

    @Test
    void revokingATokenAgainSendsNoSecondEvent() {
        String id = realm.newToken(alice, "withdrawn twice").path("id").asText();
        realm.revoke(alice, id);
        JsonNode event = newest("REMOVE_CREDENTIAL");
        realm.revoke(alice, id);
        assertEquals(event, newest("REMOVE_CREDENTIAL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN_ENDPOINT, STANDARD_ENDPOINT})
    void anIntrospectionEventContainsTokenOwnerAndClient(String endpoint) {
        JsonNode token = realm.newToken(alice, "asked about");
        realm.introspect(endpoint, token.path("token").asText());
        JsonNode event = newest("INTROSPECT_TOKEN");
        assertEquals(aliceId, event.path("userId").asText(), event.toString());
        assertEquals("qa-hub-api", event.path("clientId").asText());
        assertEquals(token.path("prefix"), event.path("details").path("prefix"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN_ENDPOINT, STANDARD_ENDPOINT})
    void anErrorEventContainsItsReason(String endpoint) {
        Instant expiry = Instant.now().plusSeconds(1);
        String expired = realm.create(
                        alice, "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json()
                .path("token")
                .asText();
        JsonNode revoked = realm.newToken(alice, "revoked");
        realm.revoke(alice, revoked.path("id").asText());
        JsonNode good = realm.newToken(alice, "good");
        String mole = "mole" + endpoint.length();
        String moleId = realm.newUser(mole);
        String ownerless = realm.newToken(realm.signIn(mole), "t").path("token").asText();
        realm.admin("PUT", "/users/" + moleId, "{\"enabled\":false}");

        assertRefused(endpoint, "qh_nonsense", "malformed");
        assertRefused(endpoint, MadeUpTokens.withPrefix("000000"), "unknown");
        assertRefused(endpoint, MadeUpTokens.withPrefix(good.path("prefix").asText()), "wrong_secret");
        assertRefused(endpoint, revoked.path("token").asText(), "revoked");
        assertRefused(endpoint, ownerless, "owner_disabled");
        Waits.until(expiry);
        assertRefused(endpoint, expired, "expired");
    }

    @Test
    void aSecretIsNotRecordedAnywhere() {
        JsonNode token = realm.newToken(alice, "sent astray");
        String tokenString = token.path("token").asText();
        String wrong = MadeUpTokens.withPrefix(token.path("prefix").asText());
        for (String sent : List.of(tokenString, wrong)) {
            sendEverywhere(sent);
        }
        realm.revoke(alice, token.path("id").asText());
        sendEverywhere(tokenString);

        for (String sent : List.of(tokenString, wrong)) {
            String secret = sent.substring(10);
            assertAbsent(
                    secret,
                    "the events",
                    realm.admin("GET", "/events?max=10000", null).text());
            assertAbsent(
                    secret,
                    "the admin events",
                    realm.admin("GET", "/admin-events?max=10000", null).text());
            assertAbsent(secret, "the database", Database.get().dump());
            assertAbsent(secret, "the log", Keycloak.get().log());
        }
    }

    @Test
    void theSearchedLogsEventsAndTablesContainTheExpectedData() {
        JsonNode token = realm.newToken(alice, "findable");
        realm.introspect(OWN_ENDPOINT, token.path("token").asText());
        String prefix = token.path("prefix").asText();
        assertEquals(true, Database.get().dump().contains(prefix));
        assertEquals(true, Keycloak.get().log().contains(prefix));
        assertEquals(true, realm.admin("GET", "/events?max=10000", null).text().contains(prefix));
    }

    private static void sendEverywhere(String token) {
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            realm.introspect(endpoint, token);
            for (String hint : List.of("access_token", "refresh_token", "api_token", "unknown")) {
                realm.introspect(endpoint, token, hint);
            }
            realm.introspect(endpoint, token + "x");
            endpoint(endpoint + "?token=" + token).form("").send();
            endpoint(endpoint).form("token=" + token + "&token=" + token).send();
            endpoint(endpoint).json("{\"token\":\"" + token + "\"}").send();
            realm.call("GET", endpoint + "?token=" + token).send();
            realm.call("POST", endpoint).bearer(token).form("token=" + token).send();
            realm.call("POST", endpoint)
                    .basic("qa-hub-api", token)
                    .form("token=x")
                    .send();
            realm.call("POST", endpoint).form("token=" + token).send();
        }
        String revoke = "/protocol/openid-connect/revoke";
        endpoint(revoke + "?token=" + token).form("").send();
        endpoint(revoke).form("token=" + token + "&token=" + token).send();
        realm.call("POST", revoke).bearer(token).form("token=" + token).send();
        realm.call("POST", revoke).form("token=" + token).send();
        endpoint(revoke).form("token=" + token + "x").send();
        AccessTokens tokens = new AccessTokens(realm);
        for (String client : List.of("qa-hub-api", "qa-hub-legacy", "billing")) {
            tokens.exchangeAs(client, token);
            tokens.exchangeAs(client, token, "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
            tokens.signIn(client, "alice", token);
            tokens.signIn(client, token, "x");
            tokens.signIn(client, token, token);
        }
        for (Http docker : List.of(
                docker(token).bearer(token),
                docker("alice").basic("alice", token),
                docker(token).basic(token, token))) {
            docker.send();
        }
        for (String path : List.of("/api-tokens/self", "/api-tokens/authorize", "/api-tokens/revoke")) {
            realm.call("GET", path).bearer(token).send();
            realm.call("GET", path).basic(token, token).send();
            realm.call("GET", path + "?access_token=" + token)
                    .header(Gateway.CALLER, "Basic " + token)
                    .send();
            realm.call("POST", path).form("token=" + token + "x").send();
            Gateway.asks(realm, "GET", "/" + token, token).send();
        }
        realm.list(token, "");
        realm.list(token, "/" + token);
        realm.revoke(token, token);
        realm.create(token, "{\"name\":\"n\",\"scopes\":[\"read\"]}");
        String alice = realm.signIn("alice");
        realm.list(alice, "/" + token);
        realm.list(alice, "?status=" + token);
        for (String search : List.of(token, "QA_HUB_TOKEN%3D" + token, "Bearer%20" + token + "%0A")) {
            realm.list(alice, "?search=" + search);
            realm.admin("GET", "/api-tokens?search=" + search, null);
            realm.admin("GET", "/api-tokens?user=" + search, null);
        }
        realm.create(alice, "{\"name\":\"a " + token + "\",\"scopes\":[\"read\"]}");
        realm.admin("POST", "/api-tokens", "{\"client\":\"%1$s\",\"name\":\"%1$s\",\"scopes\":[]}".formatted(token));
        realm.admin("POST", "/api-tokens/revoke", "{\"filter\":{\"search\":\"a " + token + "b\"},\"dryRun\":true}");
        realm.revoke(alice, token);
        realm.create(alice, "{\"name\":\"n\",\"scopes\":[\"" + token + "\"]}");
        realm.create(alice, "{\"name\":\"n\",\"scopes\":[\"read\"],\"expiresAt\":\"" + token + "\"}");
        realm.create(alice, "{\"" + token + "\":1}");
        realm.create(alice, token);
    }

    private static Http docker(String account) {
        return realm.call("GET", "/protocol/docker-v2/auth?service=registry&account=" + account);
    }

    private static Http endpoint(String endpoint) {
        return realm.call("POST", endpoint).basic("qa-hub-api", "qa-hub-api-secret");
    }

    private static JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }

    private static void assertOwnersEvent(JsonNode token, JsonNode event) {
        assertEquals(aliceId, event.path("userId").asText(), event.toString());
        JsonNode details = event.path("details");
        assertEquals("api-token", details.path("credential_type").asText(), event.toString());
        assertEquals(token.path("prefix"), details.path("prefix"));
        assertEquals(token.path("name"), details.path("name"));
        assertFalse(event.toString().contains(token.path("token").asText().substring(10)));
    }

    private static void assertRefused(String endpoint, String token, String reason) {
        assertEquals("{\"active\":false}", realm.introspect(endpoint, token).text());
        JsonNode event = newest("INTROSPECT_TOKEN_ERROR");
        assertEquals(reason, event.path("details").path("reason").asText(), event.toString());
        assertEquals("qa-hub-api", event.path("clientId").asText());
        assertFalse(event.path("error").asText().isBlank(), event.toString());
    }

    private static void assertAbsent(String secret, String where, String text) {
        assertFalse(text.contains(secret), () -> where + ": " + around(secret, text));
    }

    private static String around(String secret, String text) {
        int at = text.indexOf(secret);
        return text.substring(Math.max(0, at - 500), Math.min(text.length(), at + 200));
    }
}
