package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.AccessTokens.accessToken;
import static io.qahub.keycloak.apitokens.server.AccessTokens.claims;
import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8693: an API token is exchanged for a short-lived JWT that resource servers verify with the realm's keys. */
class TokenExchangeIT {
    private static final String INACTIVE = "{\"active\":false}";
    private static Realm realm;
    private static AccessTokens tokens;
    private static JsonNode both;
    private static String secret;
    private static String read;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("exchange");
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["TOKEN_EXCHANGE","TOKEN_EXCHANGE_ERROR"]}""");
        tokens = new AccessTokens(realm);
        String alice = realm.signIn("alice");
        both = realm.newToken(alice, "both");
        secret = both.path("token").asText();
        read = realm.create(alice, "{\"name\":\"r\",\"scopes\":[\"read\"]}")
                .json()
                .path("token")
                .asText();
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void anApiTokenIsExchangedForAnAccessTokenWithNoMoreRights() throws GeneralSecurityException {
        Answer answer = tokens.exchange(secret);
        assertEquals(200, answer.status(), answer.text());
        assertEquals("no-store", answer.header("Cache-Control"));
        JsonNode json = answer.json();
        assertEquals(
                "urn:ietf:params:oauth:token-type:access_token",
                json.path("issued_token_type").asText());
        assertEquals("Bearer", json.path("token_type").asText());
        assertEquals("read write", json.path("scope").asText());
        assertFalse(json.has("refresh_token") || json.has("id_token") || json.has("session_state"), answer.text());

        String jwt = accessToken(answer);
        assertTrue(isSignedByTheRealm(jwt));
        JsonNode claims = claims(jwt);
        Set<String> names = new TreeSet<>();
        claims.fieldNames().forEachRemaining(names::add);
        assertEquals(
                new TreeSet<>(List.of(
                        "iss",
                        "sub",
                        "aud",
                        "azp",
                        "iat",
                        "exp",
                        "jti",
                        "typ",
                        "scope",
                        "preferred_username",
                        "prefix",
                        "gen")),
                names);
        assertEquals(Keycloak.get().url() + realm.path(""), claims.path("iss").asText());
        assertEquals("alice", claims.path("preferred_username").asText());
        assertEquals("qa-hub-api", claims.path("aud").asText());
        assertEquals("read write", claims.path("scope").asText());
        assertEquals("ApiToken", claims.path("typ").asText());
        assertEquals(both.path("prefix"), claims.path("prefix"));
        assertEquals(300, claims.path("exp").asLong() - claims.path("iat").asLong());
        assertEquals(300, json.path("expires_in").asInt());

        JsonNode event = newest("TOKEN_EXCHANGE");
        assertEquals(claims.path("sub"), event.path("userId"));
        assertEquals("qa-hub-api", event.path("clientId").asText());
        assertEquals(both.path("prefix"), event.path("details").path("prefix"));
        assertEquals(claims.path("jti"), event.path("details").path("token_id"));
    }

    @Test
    void theAccessTokenExpiresWithTheApiTokenAtTheLatest() {
        long expiry = Instant.now().plusSeconds(60).getEpochSecond();
        String token = realm.create(
                        realm.signIn("alice"),
                        "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + Instant.ofEpochSecond(expiry)
                                + "\"}")
                .json()
                .path("token")
                .asText();
        assertEquals(
                expiry, claims(accessToken(tokens.exchange(token))).path("exp").asLong());
    }

    /** Regardless of the settings of the client and the realm. */
    @Test
    void theAccessTokenIsValidForFiveMinutesAtMost() {
        tokens.newClient("patient", """
                "fullScopeAllowed":false,"defaultClientScopes":["api-tokens"],
                "attributes":{"access.token.lifespan":"86400"}""");
        realm.admin("PUT", "", "{\"accessTokenLifespan\":86400}");
        assertEquals(300, lifetime(tokens.exchangeAs("patient", secret)));
        realm.admin("PUT", "", "{\"accessTokenLifespan\":60}");
        assertEquals(60, lifetime(tokens.exchangeAs("patient", secret)));
        realm.admin("PUT", "", "{\"accessTokenLifespan\":300}");
    }

    @Test
    void aSubsetOfTheScopesCanBeRequestedButNoOthers() {
        assertEquals("read", scope(tokens.exchange(secret, "scope", "read")));
        assertEquals("read write", scope(tokens.exchange(secret, "scope", "write read")));
        assertEquals("read", scope(tokens.exchange(read)));
        for (String more : List.of("write", "read write", "openid", "read offline_access", "profile", "READ")) {
            refused(tokens.exchange(read, "scope", more), "invalid_scope");
        }
    }

    @Test
    void theAudienceIsTheCallingClientOrARequestedResourceServer() {
        tokens.newClient("other-api", "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\"]");
        assertEquals("other-api", audience(tokens.exchange(secret, "audience", "other-api")));
        for (String wrong : List.of("account", "realm-management", "billing", "nobody", "")) {
            refused(tokens.exchange(secret, "audience", wrong), "invalid_target");
        }
    }

    @Test
    void everyInactiveApiTokenHasTheSameResponseAndTheEventContainsTheReason() {
        String alice = realm.signIn("alice");
        JsonNode revoked = realm.newToken(alice, "revoked");
        realm.revoke(alice, revoked.path("id").asText());
        String foreign = Realm.QA_HUB
                .newToken(Realm.QA_HUB.signIn("alice"), "foreign")
                .path("token")
                .asText();
        Map<String, String> reasons = new HashMap<>(Map.of(
                revoked.path("token").asText(),
                "revoked",
                foreign,
                "unknown",
                MadeUpTokens.withPrefix(both.path("prefix").asText()),
                "wrong_secret",
                "qh_nonsense",
                "malformed",
                alice,
                "malformed"));
        String answer = tokens.exchange("").text();
        reasons.forEach((token, reason) -> {
            Answer refusal = tokens.exchange(token);
            refused(refusal, "invalid_request");
            assertEquals(answer, refusal.text());
            JsonNode event = newest("TOKEN_EXCHANGE_ERROR");
            assertEquals(reason, event.path("details").path("reason").asText());
            assertFalse(event.toString().contains(token.length() > 40 ? token.substring(10) : token));
        });
    }

    @Test
    void unsupportedExchangeParametersAreRejected() {
        for (String type : List.of("refresh_token", "id_token", "saml2")) {
            refused(
                    tokens.exchange(secret, "requested_token_type", "urn:ietf:params:oauth:token-type:" + type),
                    "invalid_request");
        }
        for (String parameter :
                List.of("actor_token", "resource", "requested_subject", "requested_issuer", "subject_issuer")) {
            refused(tokens.exchange(secret, parameter, "https://example.org"), "invalid_request");
        }
        Answer mistyped =
                tokens.exchange(secret, "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        refused(mistyped, "invalid_request");
        assertTrue(mistyped.text().contains(AccessTokens.TYPE), "the response does not contain the correct type");
    }

    @Test
    void aClientThatCouldObtainMoreAccessIsRejectedWithAMessage() {
        String scope = "\"defaultClientScopes\":[\"api-tokens\"]";
        tokens.newClient("full-scope", "\"fullScopeAllowed\":true," + scope);
        refusedClient("full-scope", "Turn off Full scope allowed");
        refusedClient("billing", "Assign the client scope api-tokens");

        tokens.newClient("manager", "\"fullScopeAllowed\":false," + scope);
        assertEquals(200, tokens.exchangeAs("manager", secret).status());
        map(realm, "/clients/" + uuid("manager"), "account", "manage-account");
        refusedClient("manager", "Remove the role manage-account");

        assertEquals(
                201,
                realm.admin("POST", "/client-scopes", "{\"name\":\"operator\",\"protocol\":\"openid-connect\"}")
                        .status());
        map(realm, "/client-scopes/" + scopeId("operator"), "realm-management", "realm-admin");
        tokens.newClient(
                "operator",
                "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\"],"
                        + "\"optionalClientScopes\":[\"operator\"]");
        refusedClient("operator", "Remove the role realm-admin");

        for (String bound : List.of("dpop.bound.access.tokens", "tls.client.certificate.bound.access.tokens")) {
            tokens.newClient(
                    bound, "\"fullScopeAllowed\":false," + scope + ",\"attributes\":{\"" + bound + "\":\"true\"}");
        }
        refusedClient("tls.client.certificate.bound.access.tokens", "not bound to a key or certificate");
        // Keycloak first requires a proof from such a client.
        refused(tokens.exchangeAs("dpop.bound.access.tokens", secret), "invalid_request");

        realm.admin("POST", "/clients", """
                {"clientId":"public","publicClient":true,"fullScopeAllowed":false,%s}""".formatted(scope));
        Answer answer = realm.call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "client_id",
                        "public",
                        "subject_token",
                        secret,
                        "subject_token_type",
                        AccessTokens.TYPE))
                .send();
        refused(answer, "unauthorized_client");
    }

    @Test
    void aServiceAccountsTokenCanBeExchanged() {
        tokens.newClient("robot", "\"serviceAccountsEnabled\":true,\"fullScopeAllowed\":false");
        String token = Http.call("POST", "/admin/realms/" + realm.name() + "/api-tokens")
                .bearer(Realm.admin())
                .json("{\"client\":\"robot\",\"name\":\"r\",\"scopes\":[\"read\"]}")
                .send()
                .json()
                .path("token")
                .asText();
        assertEquals(
                "service-account-robot",
                claims(accessToken(tokens.exchange(token)))
                        .path("preferred_username")
                        .asText());
    }

    /** Keycloak's own introspection would add the claims of the client's mappers. */
    @ParameterizedTest
    @ValueSource(strings = {OWN_ENDPOINT, STANDARD_ENDPOINT})
    void theAccessTokenIsActiveAsLongAsTheApiTokenWithNoFurtherClaims(String endpoint) {
        String alice = realm.signIn("alice");
        JsonNode token = realm.newToken(alice, "mother");
        String jwt = accessToken(tokens.exchange(token.path("token").asText(), "scope", "read"));
        JsonNode answer = realm.introspect(endpoint, jwt).json();
        assertTrue(answer.path("active").asBoolean(), answer.toString());
        assertEquals("read", answer.path("scope").asText());
        assertEquals("alice", answer.path("username").asText());
        assertEquals(token.path("prefix"), answer.path("prefix"));
        assertEquals(claims(jwt).path("exp"), answer.path("exp"));
        assertFalse(answer.has("realm_access") || answer.has("resource_access") || answer.has("email"));

        String body = jwt.split("\\.", -1)[1];
        assertEquals(
                INACTIVE,
                realm.introspect(endpoint, jwt.replace(body, body.substring(0, body.length() - 4) + "AAAA"))
                        .text());
        Answer billing = realm.call("POST", endpoint)
                .basic("billing", "billing-secret")
                .form(Map.of("token", jwt))
                .send();
        assertEquals(INACTIVE, billing.text(), "the audience does not include billing");
        assertEquals(INACTIVE, Realm.QA_HUB.introspect(endpoint, jwt).text(), "another realm");

        realm.revoke(alice, token.path("id").asText());
        assertEquals(INACTIVE, realm.introspect(endpoint, jwt).text());
    }

    /** Otherwise, a thief could continue after the secret was rotated. */
    @Test
    void theAccessTokenIsInactiveOnceTheSecretItWasObtainedWithIsInvalid() {
        String alice = realm.signIn("alice");
        JsonNode token = realm.newToken(alice, "rotated");
        String jwt = accessToken(tokens.exchange(token.path("token").asText()));
        assertTrue(realm.isActive(jwt));
        String renewed = realm.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(alice)
                .json("{}")
                .send()
                .json()
                .path("token")
                .asText();
        assertEquals(INACTIVE, realm.introspect(OWN_ENDPOINT, jwt).text());
        assertTrue(realm.isActive(accessToken(tokens.exchange(renewed))));
    }

    @Test
    void theAccessTokenIsInactiveWithoutTheClientThatObtainedIt() {
        tokens.newClient("issuer", "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\"]");
        String jwt = accessToken(tokens.exchangeAs("issuer", secret, "audience", "qa-hub-api"));
        assertTrue(realm.isActive(jwt));
        realm.admin("PUT", "/clients/" + uuid("issuer"), "{\"clientId\":\"issuer\",\"enabled\":false}");
        assertFalse(realm.isActive(jwt), "disabled");
        realm.admin("PUT", "/clients/" + uuid("issuer"), "{\"clientId\":\"issuer\",\"enabled\":true}");
        assertTrue(realm.isActive(jwt));
        realm.admin("DELETE", "/clients/" + uuid("issuer"), null);
        assertFalse(realm.isActive(jwt), "deleted");
    }

    /** Introspection requires the client scope, as issuance does. */
    @Test
    void theAccessTokenIsInactiveForAClientThatLostTheClientScope() {
        tokens.newClient("former", "\"fullScopeAllowed\":false,\"defaultClientScopes\":[\"api-tokens\"]");
        String jwt = accessToken(tokens.exchangeAs("former", secret));
        assertTrue(introspectAs("former", jwt).json().path("active").asBoolean());
        realm.admin("DELETE", "/clients/" + uuid("former") + "/default-client-scopes/" + scopeId("api-tokens"), null);
        assertEquals(INACTIVE, introspectAs("former", jwt).text());
    }

    private static Answer introspectAs(String client, String token) {
        return realm.call("POST", STANDARD_ENDPOINT)
                .basic(client, client + "-secret")
                .form(Map.of("token", token))
                .send();
    }

    private static long lifetime(Answer answer) {
        JsonNode claims = claims(accessToken(answer));
        long lifetime = claims.path("exp").asLong() - claims.path("iat").asLong();
        assertEquals(lifetime, answer.json().path("expires_in").asLong());
        return lifetime;
    }

    private static void refusedClient(String client, String why) {
        Answer answer = tokens.exchangeAs(client, secret);
        refused(answer, "unauthorized_client");
        assertTrue(answer.json().path("error_description").asText().contains(why), answer.text());
        JsonNode event = newest("TOKEN_EXCHANGE_ERROR");
        assertEquals(client, event.path("clientId").asText());
        assertFalse(event.path("details").path("reason").asText().isEmpty());
    }

    private static void refused(Answer answer, String error) {
        BadRequestIT.refused(answer, 400, error);
    }

    private static String scope(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        assertEquals(answer.json().path("scope"), claims(accessToken(answer)).path("scope"));
        return answer.json().path("scope").asText();
    }

    private static String audience(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        return claims(accessToken(answer)).path("aud").asText();
    }

    private static boolean isSignedByTheRealm(String jwt) throws GeneralSecurityException {
        String[] parts = jwt.split("\\.", -1);
        String kid = AccessTokens.claims("." + parts[0] + ".").path("kid").asText();
        for (JsonNode key : realm.call("GET", "/protocol/openid-connect/certs")
                .send()
                .json()
                .path("keys")) {
            if (key.path("kid").asText().equals(kid)) {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initVerify(rsa(key));
                signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
                return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
            }
        }
        return false;
    }

    private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
    }

    /** Adds a client role to a scope. */
    static void map(Realm realm, String container, String client, String role) {
        String of = realm.admin("GET", "/clients?clientId=" + client, null)
                .json()
                .path(0)
                .path("id")
                .asText();
        JsonNode found =
                realm.admin("GET", "/clients/" + of + "/roles/" + role, null).json();
        assertEquals(
                204,
                realm.admin("POST", container + "/scope-mappings/clients/" + of, "[" + found + "]")
                        .status());
    }

    private static String uuid(String client) {
        return realm.admin("GET", "/clients?clientId=" + client, null)
                .json()
                .path(0)
                .path("id")
                .asText();
    }

    private static String scopeId(String name) {
        for (JsonNode scope : realm.admin("GET", "/client-scopes", null).json()) {
            if (scope.path("name").asText().equals(name)) {
                return scope.path("id").asText();
            }
        }
        throw new AssertionError(name);
    }

    private static JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }
}
