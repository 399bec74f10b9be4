package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("container")
class TokenLifeIT {
    private static final String INACTIVE = "{\"active\":false}";

    private final String alice = QA_HUB.signIn("alice");

    @Test
    void aTokenIsCreatedVerifiedAtBothEndpointsRevokedAndRejected() {
        Answer created = QA_HUB.create(alice, "{\"name\":\" ci \",\"scopes\":[\"write\",\"read\"]}");
        assertEquals(201, created.status(), created.text());
        assertEquals("no-store", created.header("Cache-Control"));
        JsonNode token = created.json();
        assertTrue(created.header("Location")
                .endsWith("/realms/qa-hub/api-tokens/" + token.path("id").asText()));
        assertEquals("ci", token.path("name").asText());
        for (String unset : new String[] {"expiresAt", "lastUsedAt", "revokedAt"}) {
            assertTrue(token.has(unset) && token.path(unset).isNull(), created.text());
        }
        String secret = token.path("token").asText();

        Answer own = QA_HUB.introspect(OWN_ENDPOINT, secret);
        assertEquals(200, own.status(), own.text());
        assertTrue(own.json().path("active").asBoolean(), own.text());
        assertEquals("alice", own.json().path("username").asText());
        assertEquals("read write", own.json().path("scope").asText());
        assertEquals("qa-hub-api", own.json().path("aud").asText());
        assertEquals(token.path("id"), own.json().path("jti"));
        assertEquals("no-store", own.header("Cache-Control"));
        assertEquals(own.text(), QA_HUB.introspect(STANDARD_ENDPOINT, secret).text());

        assertEquals(204, QA_HUB.revoke(alice, token.path("id").asText()).status());
        assertEquals(INACTIVE, QA_HUB.introspect(OWN_ENDPOINT, secret).text());
        assertEquals(INACTIVE, QA_HUB.introspect(STANDARD_ENDPOINT, secret).text());
        assertEquals(204, QA_HUB.revoke(alice, token.path("id").asText()).status());
    }

    @Test
    void theTokenStringIsOnlyInTheResponseToItsCreation() {
        JsonNode token = QA_HUB.newToken(alice, "shown once");
        String tokenString = token.path("token").asText();
        String secret = tokenString.substring(10);
        assertTrue(QA_HUB.isActive(tokenString));

        assertFalse(QA_HUB.list(alice, "?status=all&max=1000").text().contains(secret));
        assertFalse(
                Http.call("GET", QA_HUB.path("/api-tokens/" + token.path("id").asText()))
                        .bearer(alice)
                        .send()
                        .text()
                        .contains(secret));
        String events = QA_HUB.admin("GET", "/events?max=1000", null).text();
        assertTrue(events.contains(token.path("prefix").asText()), "the events do not contain the prefix");
        assertFalse(events.contains(secret));
        assertFalse(Keycloak.get().log().contains(secret));
    }

    @Test
    void aClientWithoutTheClientScopeLearnsNothing() {
        String token = QA_HUB.newToken(alice, "not for billing").path("token").asText();
        for (String endpoint : new String[] {OWN_ENDPOINT, STANDARD_ENDPOINT}) {
            Answer answer = Http.call("POST", QA_HUB.path(endpoint))
                    .basic("billing", "billing-secret")
                    .form(Map.of("token", token))
                    .send();
            assertEquals(INACTIVE, answer.text());
        }
        assertTrue(QA_HUB.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR&client=billing", null)
                .text()
                .contains("assign the client scope api-tokens"));
    }

    @Test
    void aTokenExpiresExactlyAtItsExpiry() {
        Instant expiry = Instant.now().plusSeconds(5); // long enough for a verification on a busy machine
        String token = QA_HUB.create(
                        alice, "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json()
                .path("token")
                .asText();
        assertTrue(QA_HUB.isActive(token));
        Waits.until(expiry);
        assertFalse(QA_HUB.isActive(token));
    }

    @Test
    void aDisabledOrDeletedOwnersTokenIsRejectedImmediately() {
        String user = QA_HUB.newUser("mortal");
        String token =
                QA_HUB.newToken(QA_HUB.signIn("mortal"), "t").path("token").asText();
        assertTrue(QA_HUB.isActive(token));
        QA_HUB.admin("PUT", "/users/" + user, "{\"enabled\":false}");
        assertFalse(QA_HUB.isActive(token));
        QA_HUB.admin("PUT", "/users/" + user, "{\"enabled\":true}");
        assertTrue(QA_HUB.isActive(token));
        QA_HUB.admin("DELETE", "/users/" + user, null);
        assertFalse(QA_HUB.isActive(token));
    }

    @Test
    void aUserCannotViewOrRevokeAnotherUsersToken() {
        JsonNode token = QA_HUB.newToken(alice, "hers alone");
        String id = token.path("id").asText();
        String bob = QA_HUB.signIn("bob");
        assertEquals(404, QA_HUB.revoke(bob, id).status());
        assertEquals(
                "not_found", QA_HUB.list(bob, "/" + id).json().path("error").asText());
        assertFalse(QA_HUB.list(bob, "?status=all").text().contains(id));
        assertTrue(QA_HUB.isActive(token.path("token").asText()));
    }

    @Test
    void aListCanBeSearchedByNameAndPrefixAndPaged() {
        QA_HUB.newUser("lister");
        String bearer = QA_HUB.signIn("lister");
        for (int i = 0; i < 5; i++) {
            QA_HUB.newToken(bearer, "job " + i);
        }
        JsonNode token = QA_HUB.newToken(bearer, "100%_sure");
        String prefix = token.path("prefix").asText();
        Answer page = QA_HUB.list(bearer, "?first=1&max=2");
        assertEquals("6", page.header("X-Total-Count"));
        assertEquals("job 4", page.json().get(0).path("name").asText());
        assertEquals(2, page.json().size());
        assertEquals(1, QA_HUB.list(bearer, "?search=JOB%203").json().size());
        assertEquals(1, QA_HUB.list(bearer, "?search=%25_").json().size());
        assertEquals(1, QA_HUB.list(bearer, "?search=qh_" + prefix).json().size());
        for (String pasted : List.of("%s", "QA_HUB_TOKEN%%3D%s", "%%22%s%%22", "Bearer%%20%s%%0A", "x%sx")) {
            String search = pasted.formatted(token.path("token").asText());
            assertEquals(1, QA_HUB.list(bearer, "?search=" + search).json().size(), search);
        }
        assertEquals(0, QA_HUB.list(bearer, "?status=revoked").json().size());
        assertEquals(400, QA_HUB.list(bearer, "?status=wrong").status());
        assertEquals(400, QA_HUB.list(bearer, "?max=-1").status());
        assertEquals(400, QA_HUB.list(bearer, "?sort=secret").status());
        assertEquals(400, QA_HUB.list(bearer, "?order=up").status());
    }
}
