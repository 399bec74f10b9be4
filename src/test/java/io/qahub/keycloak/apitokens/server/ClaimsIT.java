package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
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
                 "attributes":{"department":["QA"],"floor":["third"],"locality":["Berlin"]}}""");
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
                        hardcoded("tier", "gold"),
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
        String runs =
                admin.create("runs:upload", "\"apiTokens.grantable\":\"true\"", mappers(hardcoded("kind", "runs")));
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
        String jwt = exchanged(token);
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

    @Test
    void furtherStockMappersAddTheirClaimsOrAreLeftOut() {
        String scope = newScope(
                "stock",
                mapper(
                        "client roles",
                        "oidc-usermodel-client-role-mapper",
                        "claim.name",
                        "resource_access.${client_id}.roles",
                        "multivalued",
                        "true"),
                mapper("realm roles", "oidc-usermodel-realm-role-mapper", "claim.name", "roles", "multivalued", "true"),
                mapper("hardcoded role", "oidc-hardcoded-role-mapper", "role", "robot"),
                mapper("address", "oidc-address-mapper", "user.attribute.locality", "locality"),
                mapper("subject", "oidc-sub-mapper"),
                mapper("audience of roles", "oidc-audience-resolve-mapper"),
                mapper("nonce", "oidc-nonce-backwards-compatible-mapper"),
                mapper("methods", "oidc-amr-mapper"));
        requireClientRole(scope, "account", "view-profile");
        JsonNode answer =
                introspect(OWN_ENDPOINT, "cases-api", newToken("[\"stock\"]")).json();
        assertEquals(
                "{\"account\":{\"roles\":[\"view-profile\"]}}",
                answer.path("resource_access").toString());
        assertEquals("[\"robot\"]", answer.path("roles").toString());
        assertEquals("{\"locality\":\"Berlin\"}", answer.path("address").toString());
        assertEquals("[\"cases-api\",\"account\"]", answer.path("aud").toString());
        assertEquals(realm.userId("clara"), answer.path("sub").asText());
        TreeSet<String> added = names(answer);
        added.removeAll(names(
                introspect(OWN_ENDPOINT, "cases-api", newToken("[\"read\"]")).json()));
        assertEquals(new TreeSet<>(List.of("address", "resource_access", "roles")), added);
        admin.delete(scope);
    }

    private static void requireClientRole(String scope, String client, String role) {
        String clientPath = "/clients/" + admin.uuid(client);
        realm.admin(
                "POST",
                "/client-scopes/" + scope + "/scope-mappings" + clientPath,
                "[" + realm.admin("GET", clientPath + "/roles/" + role, null).text() + "]");
    }

    @Test
    void theSessionOfTheMappersEndsWithTheRequest() {
        assertTrue(introspect(OWN_ENDPOINT, "cases-api", token).json().has("realm_access"));
        String sessions = realm.admin("GET", "/client-session-stats", null).text();
        assertFalse(sessions.contains("cases-api"), sessions);
        assertEquals(
                "[]",
                realm.admin("GET", "/clients/" + admin.uuid("cases-api") + "/user-sessions", null)
                        .text());
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
                "gen",
                "username",
                "token_type",
                "client_id",
                "nbf",
                "typ",
                "azp",
                "cnf",
                "cnf.jkt",
                "sid",
                "session_state",
                "nonce",
                "acr",
                "auth_time",
                "act",
                "may_act"
            })
    void aMapperCannotSetAReservedClaim(String claim) {
        String name = "claim:" + claim;
        String scope = newScope(name, hardcoded(claim, "evil"));
        String plain = newToken("[\"" + name + "\"]");
        JsonNode answer = introspect(OWN_ENDPOINT, "cases-api", plain).json();
        assertTrue(answer.path("active").isBoolean() && answer.path("active").asBoolean(), answer.toString());
        assertEquals(name, answer.path("scope").asText());
        assertFalse(answer.toString().contains("evil"), answer.toString());
        String jwt = exchanged(plain);
        JsonNode claims = AccessTokens.claims(jwt);
        assertFalse(claims.toString().contains("evil"), claims.toString());
        assertEquals(name, claims.path("scope").asText());
        assertEquals("ApiToken", claims.path("typ").asText());
        JsonNode ofJwt = introspect(OWN_ENDPOINT, "cases-api", jwt).json();
        assertTrue(ofJwt.path("active").asBoolean(), ofJwt.toString());
        assertFalse(ofJwt.toString().contains("evil"), ofJwt.toString());
        admin.delete(scope);
    }

    @Test
    void aMapperCanAddToTheAudienceButNotRemoveTheCallerFromIt() {
        String scope = newScope("claim:aud", hardcoded("aud", "other"));
        String plain = newToken("[\"claim:aud\"]");
        String both = "[\"cases-api\",\"other\"]";
        assertEquals(
                both,
                introspect(OWN_ENDPOINT, "cases-api", plain).json().path("aud").toString());
        assertEquals(both, AccessTokens.claims(exchanged(plain)).path("aud").toString());
        admin.delete(scope);
    }

    /** It is also the username that this provider puts into a JWT, in which a name must not occur twice. */
    @Test
    void aJwtHasTheUsernameOfTheOwnerAlsoIfAMapperSetsAnother() {
        String scope = newScope("claim:username", hardcoded("preferred_username", "evil"));
        String jwt = exchanged(newToken("[\"claim:username\"]"));
        String payload = new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertEquals(1, payload.split("\"preferred_username\"", -1).length - 1, payload);
        assertEquals(
                "clara", AccessTokens.claims(jwt).path("preferred_username").asText());
        assertEquals(
                "clara",
                introspect(OWN_ENDPOINT, "cases-api", jwt)
                        .json()
                        .path("username")
                        .asText());
        admin.delete(scope);
    }

    @Test
    void aClaimThatIsLeftOutIsLoggedOnceAMinute() {
        long mark = Keycloak.get().logMark();
        for (int i = 0; i < 5; i++) {
            introspect(OWN_ENDPOINT, "cases-api", token);
        }
        assertTrue(warnings(mark) <= 1);
        assertTrue(warnings(0) >= 1);
    }

    private static long warnings(long mark) {
        return Keycloak.get()
                .logSince(mark)
                .lines()
                .filter(line -> line.contains("is omitted from responses for API tokens"))
                .count();
    }

    @Test
    void aJwtThatAMapperAddressesToAnotherResourceServerShowsItNoScopeOrClaimOfTheFirst() {
        String scope = newScope(
                "addressed",
                mapper("other", "oidc-audience-mapper", "included.client.audience", "runs-api"),
                hardcoded("tier", "gold"));
        String jwt = exchanged(newToken("[\"addressed\",\"read\"]"));
        assertEquals(
                "[\"cases-api\",\"runs-api\"]",
                AccessTokens.claims(jwt).path("aud").toString());
        JsonNode atOther = introspect(STANDARD_ENDPOINT, "runs-api", jwt).json();
        assertEquals("read", atOther.path("scope").asText());
        assertFalse(atOther.has("tier"), atOther.toString());
        String only = exchanged(newToken("[\"addressed\"]"));
        assertTrue(introspect(OWN_ENDPOINT, "cases-api", only)
                .json()
                .path("active")
                .asBoolean());
        assertEquals(
                "{\"active\":false}", introspect(OWN_ENDPOINT, "runs-api", only).text());
        admin.delete(scope);
    }

    @Test
    void aJwtLosesAScopeThatItsOwnerLoses() {
        String scope = newScope("lost", hardcoded("tier", "gold"));
        String jwt = exchanged(newToken("[\"lost\",\"read\"]"));
        admin.unassign("cases-api", scope, "default");
        JsonNode answer = introspect(OWN_ENDPOINT, "cases-api", jwt).json();
        assertEquals("read", answer.path("scope").asText());
        assertFalse(answer.has("tier"), answer.toString());
        admin.delete(scope);
    }

    @Test
    void aMapperThatFailsMakesTheAnswerUnavailable() {
        String scope =
                newScope("failing", hardcoded("tier", "gold"), mapper("no salt", "oidc-sha256-pairwise-sub-mapper"));
        String failing = newToken("[\"failing\"]");
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            Answer answer = introspect(endpoint, "cases-api", failing);
            assertEquals(503, answer.status(), answer.text());
            assertEquals("temporarily_unavailable", answer.json().path("error").asText());
        }
        AccessTokens tokens = new AccessTokens(realm);
        assertEquals(503, tokens.exchangeAs("cases-api", failing).status());
        for (String kind : List.of("optional", "default")) { // Keycloak itself runs the mappers of a default scope
            admin.assign("qa-hub-legacy", scope, kind);
            Answer answer = tokens.signIn("qa-hub-legacy", "clara", failing);
            assertEquals(503, answer.status(), kind + answer.text());
            admin.unassign("qa-hub-legacy", scope, kind);
        }
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

    /** Creates a grantable scope that is assigned to cases-api; returns its id. */
    private static String newScope(String name, String... mappers) {
        String id = admin.create(name, "\"apiTokens.grantable\":\"true\"", mappers(mappers));
        admin.assign("cases-api", id, "default");
        return id;
    }

    /** Exchanges an API token as cases-api. */
    private static String exchanged(String apiToken) {
        return AccessTokens.accessToken(new AccessTokens(realm).exchangeAs("cases-api", apiToken));
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

    private static String hardcoded(String claim, String value) {
        return mapper(claim, "oidc-hardcoded-claim-mapper", "claim.name", claim, "claim.value", value);
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
