package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Admins.token;
import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceAccountIT {
    private final Admins admins = new Admins(QA_HUB);

    @Test
    void anAdminWithManageClientsCreatesATokenForAServiceAccount() {
        newService("robot", true);
        String body = "{\"client\":\"robot\",\"name\":\"deploys\",\"scopes\":[\"read\"]}";
        assertEquals(
                403,
                admins.create(admins.newAdmin("users-only", "manage-users"), body)
                        .status());
        String manager = admins.newAdmin("clients-only", "manage-clients");
        Answer created = admins.create(manager, body);
        assertEquals(201, created.status(), created.text());
        assertEquals("robot", created.json().path("client").asText());
        JsonNode response =
                QA_HUB.introspect(OWN_ENDPOINT, token(created.json())).json();
        assertTrue(response.path("active").asBoolean());
        assertEquals("service-account-robot", response.path("username").asText());
        assertEquals(created.json().path("userId"), response.path("sub"));
        String id = created.json().path("id").asText();
        JsonNode listed = admins.list(Realm.admin(), "/" + id).json();
        assertEquals("robot", listed.path("client").asText());
        assertEquals(admins.clientUuid("robot"), listed.path("clientUuid").asText());
        assertFalse(listed.has("token"));
        assertEquals(204, admins.revoke(manager, id).status());
        assertFalse(QA_HUB.isActive(token(created.json())));
    }

    @Test
    void aTokenIsInactiveOnceItsClientIsDisabledOrDeleted() {
        String client = newService("mortal-robot", true);
        String body = "{\"client\":\"mortal-robot\",\"name\":\"t\",\"scopes\":[\"read\"]}";
        String first = token(admins.create(Realm.admin(), body).json());
        assertTrue(QA_HUB.isActive(first));
        update(client, "{\"clientId\":\"mortal-robot\",\"enabled\":false}");
        assertFalse(QA_HUB.isActive(first));
        update(client, "{\"clientId\":\"mortal-robot\",\"enabled\":true}");
        assertTrue(QA_HUB.isActive(first));
        update(client, "{\"clientId\":\"mortal-robot\",\"serviceAccountsEnabled\":false}");
        assertFalse(QA_HUB.isActive(first));
        update(client, "{\"clientId\":\"mortal-robot\",\"serviceAccountsEnabled\":true}");
        assertFalse(QA_HUB.isActive(first), "a token of the previous service account is active");
        JsonNode second = admins.create(Realm.admin(), body).json();
        assertTrue(QA_HUB.isActive(token(second)));
        QA_HUB.admin("DELETE", "/clients/" + client, null);
        assertFalse(QA_HUB.isActive(token(second)));
        assertEquals(
                404,
                admins.list(Realm.admin(), "/" + second.path("id").asText()).status());
    }

    /** Such an access token has no user session that Keycloak stores. */
    @Test
    void aServiceAccountCreatesATokenForAnother() {
        newService("automated-robot", true);
        for (boolean lightweight : new boolean[] {false, true}) {
            String automation = "automation-" + lightweight;
            new AccessTokens(QA_HUB).newClient(automation, """
                    "serviceAccountsEnabled":true,"attributes":{"client.use.lightweight.access.token.enabled":"%b"}""".formatted(lightweight));
            admins.grant(admins.userId("service-account-" + automation), "realm-management", "manage-clients");
            String bearer = AccessTokens.accessToken(new AccessTokens(QA_HUB)
                    .post(automation, new HashMap<>(Map.of("grant_type", "client_credentials"))));
            Answer created = admins.create(
                    bearer,
                    "{\"client\":\"automated-robot\",\"name\":\"by-%s\",\"scopes\":[\"read\"]}".formatted(automation));
            assertEquals(201, created.status(), created.text());
        }
    }

    @Test
    void anAdminCannotCreateATokenForAPerson() {
        newService("plain", false);
        String root = Realm.admin();
        for (String body : new String[] {
            "{\"user\":\"alice\",\"name\":\"t\",\"scopes\":[\"read\"]}",
            "{\"client\":\"plain\",\"name\":\"t\",\"scopes\":[\"read\"]}",
            "{\"client\":\"missing\",\"name\":\"t\",\"scopes\":[\"read\"]}",
            "{\"name\":\"t\",\"scopes\":[\"read\"]}"
        }) {
            Answer answer = admins.create(root, body);
            assertEquals(400, answer.status(), answer.text());
            assertEquals("invalid_request", answer.json().path("error").asText());
        }
    }

    private String newService(String clientId, boolean serviceAccount) {
        QA_HUB.admin(
                "POST",
                "/clients",
                "{\"clientId\":\"%s\",\"secret\":\"s\",\"serviceAccountsEnabled\":%s}"
                        .formatted(clientId, serviceAccount));
        return admins.clientUuid(clientId);
    }

    private void update(String client, String json) {
        assertEquals(204, QA_HUB.admin("PUT", "/clients/" + client, json).status());
    }
}
