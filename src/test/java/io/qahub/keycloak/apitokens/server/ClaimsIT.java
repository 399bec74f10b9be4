package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that Keycloak's protocol mappers add to what resource servers are told about a token. */
class ClaimsIT {
    private static final String RESOURCE = "https://mcp.example.org/cases";
    private static Realm realm;
    private static ClientScopes admin;
    private static String token;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("claims");
        admin = new ClientScopes(realm);
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["INTROSPECT_TOKEN","INTROSPECT_TOKEN_ERROR"]}""");
        realm.admin(
                "PUT",
                "/users/profile",
                realm.admin("GET", "/users/profile", null)
                        .text()
                        .replaceFirst("\\{", "{\"unmanagedAttributePolicy\":\"ENABLED\","));
        String id = realm.newUser("clara");
        realm.admin("PUT", "/users/" + id, """
                {"username":"clara","firstName":"Clara","lastName":"Cole","email":"clara@example.org","enabled":true,
                 "attributes":{"department":["QA"],"floor":["third"]}}""");
        for (String role : List.of("tester", "part", "whole", "unrelated")) {
            admin.newRole(role);
        }
        admin.compose("POST", "whole", "part");
        for (String role : List.of("tester", "whole", "unrelated")) {
            admin.roleOf("POST", "users/" + id, role);
        }
        admin.member("PUT", admin.newGroup("testers"), id);
        admin.newResourceServer("cases-api");
        admin.newResourceServer("runs-api");
        String cases = admin.create(
                "cases:read",
                "\"apiTokens.grantable\":\"true\"",
                mappers(
                        mapper(
                                "realm roles",
                                "oidc-usermodel-realm-role-mapper",
                                "claim.name",
                                "realm_access.roles",
                                "multivalued",
                                "true"),
                        mapper("groups", "oidc-group-membership-mapper", "claim.name", "groups", "full.path", "false"),
                        mapper(
                                "department",
                                "oidc-usermodel-attribute-mapper",
                                "user.attribute",
                                "department",
                                "claim.name",
                                "department"),
                        mapper(
                                "email",
                                "oidc-usermodel-property-mapper",
                                "user.attribute",
                                "email",
                                "claim.name",
                                "email"),
                        mapper("name", "oidc-full-name-mapper"),
                        mapper("tier", "oidc-hardcoded-claim-mapper", "claim.name", "tier", "claim.value", "gold"),
                        mapper(
                                "nested",
                                "oidc-hardcoded-claim-mapper",
                                "claim.name",
                                "limits.day",
                                "claim.value",
                                "5",
                                "jsonType.label",
                                "int"),
                        mapper("resource", "oidc-audience-mapper", "included.custom.audience", RESOURCE),
                        mapper(
                                "note",
                                "oidc-usersessionmodel-note-mapper",
                                "user.session.note",
                                "AUTH_TIME",
                                "claim.name",
                                "signed_in"),
                        mapper("session", "oidc-session-state-mapper"),
                        mapper("acr", "oidc-acr-mapper"),
                        "{\"name\":\"not here\",\"protocol\":\"openid-connect\",\"protocolMapper\":\"oidc-hardcoded-claim-mapper\","
                                + "\"config\":{\"claim.name\":\"hidden\",\"claim.value\":\"x\",\"introspection.token.claim\":\"false\"}}"));
        admin.requireRole(cases, "tester");
        admin.requireRole(cases, "part");
        admin.assign("cases-api", cases, "optional");
        String runs = admin.create(
                "runs:upload",
                "\"apiTokens.grantable\":\"true\"",
                mappers(mapper("kind", "oidc-hardcoded-claim-mapper", "claim.name", "kind", "claim.value", "runs")));
        admin.assign("runs-api", runs, "default");
        token = newToken("[\"cases:read\",\"runs:upload\",\"read\"]");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN_ENDPOINT, STANDARD_ENDPOINT})
    void theMappersOfTheAnsweredScopesAddTheirClaims(String endpoint) {
        JsonNode answer = introspect(endpoint, "cases-api", token).json();
        assertEquals("cases:read read", answer.path("scope").asText(), answer.toString());
        assertEquals(List.of("part", "tester"), sorted(answer.at("/realm_access/roles")));
        assertEquals("[\"testers\"]", answer.path("groups").toString());
        assertEquals("QA", answer.path("department").asText());
        assertEquals("clara@example.org", answer.path("email").asText());
        assertEquals("Clara Cole", answer.path("name").asText());
        assertEquals("gold", answer.path("tier").asText());
        assertEquals(5, answer.at("/limits/day").asInt());
        assertEquals("[\"cases-api\",\"" + RESOURCE + "\"]", answer.path("aud").toString());
        assertEquals(realm.userId("clara"), answer.path("sub").asText());
        assertEquals(
                new TreeSet<>(Arrays.asList(
                        "active",
                        "sub",
                        "username",
                        "scope",
                        "token_type",
                        "iat",
                        "iss",
                        "aud",
                        "jti",
                        "prefix",
                        "realm_access",
                        "groups",
                        "department",
                        "email",
                        "name",
                        "tier",
                        "limits")),
                names(answer));
    }

    @Test
    void anotherResourceServerIsToldNothingOfThis() {
        JsonNode answer = introspect(OWN_ENDPOINT, "runs-api", token).json();
        assertEquals("read runs:upload", answer.path("scope").asText());
        assertEquals("runs-api", answer.path("aud").asText());
        assertEquals("runs", answer.path("kind").asText());
        assertFalse(answer.has("tier") || answer.has("realm_access") || answer.has("email"), answer.toString());
    }

    @Test
    void withoutMappersTheAnswerIsAsBefore() {
        String plain =
                realm.newToken(realm.signIn("alice"), "plain").path("token").asText();
        String answer = realm.introspect(OWN_ENDPOINT, plain).text();
        assertTrue(
                answer.matches(
                        "\\{\"active\":true,\"sub\":\"[0-9a-f-]{36}\",\"username\":\"alice\",\"scope\":\"read write\","
                                + "\"token_type\":\"Bearer\",\"iat\":\\d+,\"iss\":\"[^\"]+/realms/claims\",\"aud\":\"qa-hub-api\","
                                + "\"jti\":\"[0-9a-f-]{36}\",\"prefix\":\"[0-9a-z]{6}\"}"),
                answer);
    }

    @Test
    void aJwtHasTheSameScopesAudienceAndClaimsAndNoMore() {
        String jwt = new AccessTokens(realm)
                .exchangeAs("cases-api", token)
                .json()
                .path("access_token")
                .asText();
        JsonNode claims = AccessTokens.claims(jwt);
        assertEquals("cases:read read", claims.path("scope").asText());
        assertEquals("[\"cases-api\",\"" + RESOURCE + "\"]", claims.path("aud").toString());
        assertEquals(List.of("part", "tester"), sorted(claims.at("/realm_access/roles")));
        assertEquals("gold", claims.path("tier").asText());
        assertEquals("ApiToken", claims.path("typ").asText());
        assertEquals(realm.userId("clara"), claims.path("sub").asText());
        JsonNode answer = introspect(OWN_ENDPOINT, "cases-api", jwt).json();
        assertEquals("cases:read read", answer.path("scope").asText());
        assertEquals("gold", answer.path("tier").asText());
        assertEquals(claims.path("aud"), answer.path("aud"));
        assertEquals(
                "{\"active\":false}", introspect(OWN_ENDPOINT, "runs-api", jwt).text());
    }

    @Test
    void anExchangeForAnotherAudienceGivesOnlyScopesThatAreGoodAtBoth() {
        AccessTokens tokens = new AccessTokens(realm);
        Answer answer = tokens.exchangeAs("cases-api", token, "audience", "runs-api");
        JsonNode claims = AccessTokens.claims(answer.json().path("access_token").asText());
        assertEquals("read", claims.path("scope").asText());
        assertEquals("runs-api", claims.path("aud").asText());
        assertFalse(claims.has("tier") || claims.has("kind"), claims.toString());
        Answer refused =
                tokens.exchangeAs("cases-api", newToken("[\"cases:read\",\"runs:upload\"]"), "audience", "runs-api");
        assertEquals(400, refused.status());
        assertEquals("invalid_target", refused.json().path("error").asText());
    }

    /** They would set what this provider says, or state what is not known about a token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "active",
                "scope",
                "sub",
                "exp",
                "iat",
                "iss",
                "jti",
                "prefix",
                "username",
                "token_type",
                "client_id",
                "nbf",
                "cnf",
                "sid",
                "acr",
                "act"
            })
    void aMapperCannotSetAReservedClaim(String claim) {
        String name = "claim:" + claim;
        String scope = admin.create(
                name,
                "\"apiTokens.grantable\":\"true\"",
                mappers(mapper("evil", "oidc-hardcoded-claim-mapper", "claim.name", claim, "claim.value", "77")));
        admin.assign("cases-api", scope, "default");
        String plain = newToken("[\"" + name + "\"]");
        JsonNode answer = introspect(OWN_ENDPOINT, "cases-api", plain).json();
        assertTrue(answer.path("active").isBoolean() && answer.path("active").asBoolean(), answer.toString());
        assertEquals(name, answer.path("scope").asText());
        assertFalse(answer.path(claim).asText().equals("77"), answer.toString());
        admin.delete(scope);
    }

    @Test
    void aMapperThatFailsMakesTheAnswerUnavailable() {
        String scope = admin.create(
                "failing",
                "\"apiTokens.grantable\":\"true\"",
                mappers(
                        mapper("tier", "oidc-hardcoded-claim-mapper", "claim.name", "tier", "claim.value", "gold"),
                        mapper("no salt", "oidc-sha256-pairwise-sub-mapper")));
        admin.assign("cases-api", scope, "default");
        String failing = newToken("[\"failing\"]");
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            Answer answer = introspect(endpoint, "cases-api", failing);
            assertEquals(503, answer.status(), answer.text());
            assertEquals("temporarily_unavailable", answer.json().path("error").asText());
        }
        assertEquals(
                503, new AccessTokens(realm).exchangeAs("cases-api", failing).status());
        JsonNode event = realm.admin("GET", "/events?max=1&type=INTROSPECT_TOKEN_ERROR", null)
                .json()
                .path(0);
        assertEquals("temporarily_unavailable", event.path("error").asText(), event.toString());
        assertEquals(
                "runs",
                introspect(OWN_ENDPOINT, "runs-api", token).json().path("kind").asText());
        admin.delete(scope);
    }

    @Test
    void aChangedMapperRoleOrAttributeIsInTheNextAnswer() {
        admin.roleOf("DELETE", "users/" + realm.userId("clara"), "whole");
        assertEquals(
                List.of("tester"),
                sorted(introspect(OWN_ENDPOINT, "cases-api", token).json().at("/realm_access/roles")));
        admin.roleOf("POST", "users/" + realm.userId("clara"), "whole");
        assertEquals(
                List.of("part", "tester"),
                sorted(introspect(OWN_ENDPOINT, "cases-api", token).json().at("/realm_access/roles")));
    }

    private static Answer introspect(String endpoint, String client, String token) {
        return realm.call("POST", endpoint)
                .basic(client, client + "-secret")
                .form("token=" + token)
                .send();
    }

    private static String newToken(String scopes) {
        Answer made = realm.create(realm.signIn("clara"), "{\"name\":\"t\",\"scopes\":" + scopes + "}");
        assertEquals(201, made.status(), made.text());
        return made.json().path("token").asText();
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> sorted(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .sorted()
                .toList();
    }

    private static String mappers(String... mappers) {
        return "[" + String.join(",", mappers) + "]";
    }

    /** Returns a mapper with "Add to token introspection"; {@code config} has names and values. */
    private static String mapper(String name, String type, String... config) {
        String all = IntStream.range(0, config.length / 2)
                .mapToObj(i -> "\"" + config[2 * i] + "\":\"" + config[2 * i + 1] + "\",")
                .collect(Collectors.joining());
        return """
                {"name":"%s","protocol":"openid-connect","protocolMapper":"%s","config":{%s"introspection.token.claim":"true",
                 "access.token.claim":"true"}}""".formatted(name, type, all);
    }
}
