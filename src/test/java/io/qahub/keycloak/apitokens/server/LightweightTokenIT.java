package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lightweight access tokens omit roles, audience and the time of the sign-in, which the server must look up. */
class LightweightTokenIT {
    private static final String CI = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static Realm realm;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("lightweight");
        for (String client : new String[] {"account-console", "qa-hub-cli", "qa-hub-api"}) {
            String uuid = new Admins(realm).clientUuid(client);
            assertEquals(
                    204,
                    realm.admin("PUT", "/clients/" + uuid, """
                            {"clientId":"%s","attributes":
                             {"client.use.lightweight.access.token.enabled":"true"}}""".formatted(client))
                            .status());
        }
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void theAccountConsoleWorksAsWithOtherAccessTokens() {
        String bearer = BrowserSession.signIn(realm, "alice").accessToken("account-console");
        JsonNode claims = AccessTokens.claims(bearer);
        assertFalse(claims.has("aud") || claims.has("resource_access") || claims.has("auth_time"), claims.toString());
        Answer created = realm.create(bearer, CI);
        assertEquals(201, created.status(), created.text());
        String id = created.json().path("id").asText();
        assertEquals(200, realm.list(bearer, "").status());
        assertTrue(realm.list(bearer, "/policy").json().path("mayCreate").asBoolean());
        assertEquals(204, realm.revoke(bearer, id).status());
    }

    @Test
    void aDirectGrantIsASignIn() {
        assertEquals(201, realm.create(realm.signIn("alice"), CI).status());
    }

    @Test
    void anAccessTokenWithoutTheRoleIsRefused() {
        BadRequestIT.refused(realm.list(realm.signIn("alice", "qa-hub-api"), ""), 403, "access_denied");
    }

    @Test
    void anImpersonatorGetsNoToken() {
        String id = realm.newToken(realm.signIn("bob"), "own").path("id").asText();
        String bearer = BrowserSession.impersonate(realm, realm.adminToken(), realm.userId("bob"))
                .accessToken("account-console");
        assertEquals(200, realm.list(bearer, "").status());
        BadRequestIT.refused(realm.create(bearer, CI), 403, "access_denied");
        Answer rotated = realm.call("POST", "/api-tokens/" + id + "/rotate")
                .bearer(bearer)
                .send();
        BadRequestIT.refused(rotated, 403, "access_denied");
    }

    /** What such an access token permits is known only with the claims that the mappers add. */
    @Test
    void ifAMapperFailsTheOwnerIsToldSo() {
        AccessTokens tokens = new AccessTokens(realm);
        tokens.newClient("broken", """
                "directAccessGrantsEnabled":true,"fullScopeAllowed":true,
                "attributes":{"client.use.lightweight.access.token.enabled":"true"}""");
        String bearer = AccessTokens.accessToken(tokens.signIn("broken", "alice", "alice"));
        assertEquals(200, realm.list(bearer, "").status());
        String id = realm.newToken(realm.signIn("alice"), "own").path("id").asText();
        Answer mapper = realm.admin(
                "POST", "/clients/" + new Admins(realm).clientUuid("broken") + "/protocol-mappers/models", """
                        {"name":"no role","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-role-mapper"}""");
        assertEquals(201, mapper.status(), mapper.text());
        for (Answer answer :
                new Answer[] {realm.list(bearer, ""), realm.create(bearer, CI), realm.revoke(bearer, id)}) {
            BadRequestIT.refused(answer, 503, "temporarily_unavailable");
        }
        assertEquals(204, realm.revoke(realm.signIn("alice"), id).status());
    }
}
