package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to one organization of their owner. */
class OrganizationsIT {
    private static Realm realm;
    private static ClientScopes admin;
    private static Organizations organizations;
    private static String acme;
    private static String aliceId;
    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("organizations");
        admin = new ClientScopes(realm);
        organizations = new Organizations(realm);
        organizations.setEnabled(true);
        realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["UPDATE_CREDENTIAL","INTROSPECT_TOKEN","INTROSPECT_TOKEN_ERROR"]}""");
        aliceId = realm.userId("alice");
        acme = organizations.create("acme");
        organizations.create("globex"); // alice is not a member
        join(acme);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    private static void join(String organization) {
        organizations.join(organization, aliceId);
    }

    private JsonNode newToken(String organization) {
        Answer made =
                realm.create(alice, "{\"name\":\"t\",\"scopes\":[\"read\"],\"organization\":\"" + organization + "\"}");
        assertEquals(201, made.status(), made.text());
        return made.json();
    }

    @Test
    void anOwnerChoosesOneOfTheirOrganizations() {
        JsonNode policy =
                realm.call("GET", "/api-tokens/policy").bearer(alice).send().json();
        assertTrue(
                policy.path("organizations").toString().contains("{\"alias\":\"acme\",\"name\":\"The acme\"}"),
                policy.toString());
        assertFalse(policy.path("organizationRequired").asBoolean());
        JsonNode token = newToken("acme");
        assertEquals("acme", token.path("organization").asText());
        String one = "/" + token.path("id").asText();
        assertEquals("acme", realm.list(alice, one).json().path("organization").asText());
        assertFalse(realm.newToken(alice, "unbound").has("organization"));
        JsonNode created = newest("UPDATE_CREDENTIAL");
        assertFalse(created.path("details").has("organization"), created.toString());
        JsonNode answer = introspect(token);
        assertEquals("acme", answer.path("organization").asText(), answer.toString());
        assertEquals(
                "acme", newest("INTROSPECT_TOKEN").at("/details/organization").asText());
        newToken("acme");
        assertEquals(
                "acme", newest("UPDATE_CREDENTIAL").at("/details/organization").asText());
        Answer authorized =
                Gateway.asks(realm, "GET", "", token.path("token").asText()).send();
        assertEquals("acme", authorized.header("X-Auth-Organization"));
    }

    /** Protocol mappers can represent the organization as a list or an object. */
    @Test
    void aGatewayIsToldTheOrganizationOfAnAccessTokenObtainedWithTheToken() {
        for (String format : List.of("none", "String", "JSON")) {
            String scopes = "\"read\"";
            if (!format.equals("none")) {
                admin.assign("qa-hub-api", organizationScope(format), "default");
                scopes += ",\"mapped:" + format + "\"";
            }
            JsonNode token = realm.create(
                            alice, "{\"name\":\"t\",\"scopes\":[" + scopes + "],\"organization\":\"acme\"}")
                    .json();
            String jwt = AccessTokens.accessToken(
                    new AccessTokens(realm).exchange(token.path("token").asText()));
            Answer authorized = Gateway.asks(realm, "GET", "", jwt).send();
            assertEquals(200, authorized.status(), format);
            assertEquals("acme", authorized.header("X-Auth-Organization"), format);
        }
        String unbound = AccessTokens.accessToken(new AccessTokens(realm)
                .exchange(realm.newToken(alice, "unbound").path("token").asText()));
        assertEquals("", Gateway.asks(realm, "GET", "", unbound).send().header("X-Auth-Organization"));
    }

    private static String organizationScope(String format) {
        return admin.create("mapped:" + format, "\"apiTokens.grantable\":\"true\"", """
                [{"name":"o","protocol":"openid-connect","protocolMapper":"oidc-organization-membership-mapper",
                  "config":{"claim.name":"organization","multivalued":"true","jsonType.label":"%s",
                            "introspection.token.claim":"true"}}]""".formatted(format));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"globex\"", "\"none\"", "\"\"", "5", "true", "[\"acme\"]", "\"The acme\""})
    void anOwnerCannotChooseOtherOrganizations(String value) {
        Answer answer = realm.create(alice, "{\"name\":\"t\",\"scopes\":[\"read\"],\"organization\":" + value + "}");
        assertEquals(400, answer.status(), answer.text());
        assertTrue(answer.json().path("error_description").asText().startsWith("organization must be the alias of"));
    }

    @Test
    void aTokenIsInactiveWhileItsOwnerIsNotAMember() {
        JsonNode token = newToken("acme");
        String one = "/" + token.path("id").asText();
        organizations.leave(acme, aliceId);
        assertInactive(token);
        assertEquals(
                "not_member",
                realm.list(alice, one).json().path("inactiveOrganization").asText());
        Answer rotated = realm.call("POST", "/api-tokens" + one + "/rotate")
                .bearer(alice)
                .json("{}")
                .send();
        assertEquals(400, rotated.status());
        join(acme);
        assertTrue(introspect(token).path("active").asBoolean());
        assertFalse(realm.list(alice, one).json().has("inactiveOrganization"));
    }

    @Test
    void aTokenIsInactiveWhileItsOrganizationIsDisabled() {
        JsonNode token = newToken("acme");
        organizations.setEnabled(acme, "acme", false);
        assertInactive(token);
        organizations.setEnabled(acme, "acme", true);
        assertTrue(introspect(token).path("active").asBoolean());
        organizations.setEnabled(false);
        assertInactive(token);
        organizations.setEnabled(true);
        assertTrue(introspect(token).path("active").asBoolean());
    }

    @Test
    void aTokenIsInactiveOnceItsOrganizationIsDeletedAlsoIfItsAliasIsUsedAgain() {
        String id = organizations.create("shortlived");
        join(id);
        JsonNode token = newToken("shortlived");
        assertTrue(introspect(token).path("active").asBoolean());
        organizations.delete(id);
        assertInactive(token);
        JsonNode listed = realm.list(alice, "/" + token.path("id").asText()).json();
        assertEquals(id, listed.path("organization").asText());
        assertEquals("deleted", listed.path("inactiveOrganization").asText());
        join(organizations.create("shortlived"));
        assertInactive(token);
    }

    @Test
    void anAdminFiltersAndRevokesByOrganization() {
        String id = organizations.create("filtered");
        join(id);
        newToken("filtered");
        newToken("filtered");
        for (String value : List.of("filtered", id)) {
            assertEquals(
                    2,
                    realm.admin("GET", "/api-tokens?organization=" + value, null)
                            .json()
                            .size());
        }
        assertEquals(
                0,
                realm.admin("GET", "/api-tokens?organization=none", null).json().size());
        Answer revoked = realm.admin("POST", "/api-tokens/revoke", "{\"filter\":{\"organization\":\"filtered\"}}");
        assertEquals("{\"revoked\":2,\"dryRun\":false}", revoked.text());
    }

    @Test
    void keycloaksMapperSaysOnlyTheOrganizationOfTheToken() {
        join(organizations.create("second"));
        String scope = admin.create("org:read", "\"apiTokens.grantable\":\"true\"", """
                [{"name":"o","protocol":"openid-connect","protocolMapper":"oidc-organization-membership-mapper",
                  "config":{"claim.name":"organization","multivalued":"true","jsonType.label":"String",
                            "introspection.token.claim":"true"}},
                 {"name":"evil","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                  "config":{"claim.name":"other","claim.value":"x","introspection.token.claim":"true"}}]""");
        admin.assign("qa-hub-api", scope, "default");
        JsonNode token = realm.create(alice, "{\"name\":\"t\",\"scopes\":[\"org:read\"],\"organization\":\"second\"}")
                .json();
        assertEquals("[\"second\"]", introspect(token).path("organization").toString());
    }

    /**
     * One mapper reads the organization from the context of the session, another one from a note of its client, without which
     * the scope {@code organization:*} stands for all organizations of the owner.
     */
    @Test
    void noMapperNamesAnotherOrganizationOfTheOwner() {
        join(organizations.create("third"));
        admin.delete(admin.find("organization")); // its claim has the name that this provider checks
        for (String name : List.of("organization", "organization:*")) {
            String scope = admin.create(name, "\"apiTokens.grantable\":\"true\"", """
                    [{"name":"o","protocol":"openid-connect","protocolMapper":"oidc-organization-membership-mapper",
                      "config":{"claim.name":"memberships","multivalued":"true","jsonType.label":"JSON",
                                "introspection.token.claim":"true"}},
                     {"name":"g","protocol":"openid-connect","protocolMapper":"oidc-organization-group-membership-mapper",
                      "config":{"introspection.token.claim":"true"}}]""");
            admin.assign("qa-hub-api", scope, "optional");
            JsonNode token = realm.create(
                            alice, "{\"name\":\"t\",\"scopes\":[\"" + name + "\"],\"organization\":\"third\"}")
                    .json();
            JsonNode answer = introspect(token);
            assertEquals(List.of("third"), named(answer.path("organization")), answer.toString());
            assertEquals(List.of("third"), named(answer.path("memberships")), answer.toString());
        }
    }

    /** Returns the organizations in a claim. The second mapper, which exists since 26.6, adds their groups. */
    private static List<String> named(JsonNode claim) {
        List<String> names = new ArrayList<>();
        claim.fieldNames().forEachRemaining(names::add);
        return claim.isObject() ? names : List.of(claim.asText());
    }

    @Test
    void aPolicyRequiresAnOrganizationOfPeople() {
        JsonNode unbound = realm.newToken(alice, "unbound");
        policy("true");
        try {
            Answer answer = realm.create(alice, "{\"name\":\"t\",\"scopes\":[\"read\"]}");
            assertEquals(400, answer.status());
            assertEquals(
                    "This realm requires an organization for each token: send"
                            + " the alias of one of your organizations in the field organization.",
                    answer.json().path("error_description").asText());
            assertEquals(
                    400,
                    realm.call("POST", "/api-tokens/" + unbound.path("id").asText() + "/rotate")
                            .bearer(alice)
                            .json("{}")
                            .send()
                            .status());
            newToken("acme");
            new AccessTokens(realm).newClient("robot", "\"serviceAccountsEnabled\":true");
            assertEquals(
                    201,
                    realm.admin("POST", "/api-tokens", "{\"client\":\"robot\",\"name\":\"t\",\"scopes\":[\"read\"]}")
                            .status());
        } finally {
            policy("");
        }
    }

    private static void policy(String value) {
        realm.admin("PUT", "", """
                {"realm":"organizations","attributes":{"apiTokens.allowedClients":"qa-hub-cli",
                 "apiTokens.organizationRequired":"%s"}}""".formatted(value));
    }

    private static JsonNode introspect(JsonNode token) {
        return realm.introspect(OWN_ENDPOINT, token.path("token").asText()).json();
    }

    private static void assertInactive(JsonNode token) {
        assertEquals("{\"active\":false}", introspect(token).toString());
        assertEquals(
                "not_member",
                newest("INTROSPECT_TOKEN_ERROR").at("/details/reason").asText());
    }

    private static JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }
}
