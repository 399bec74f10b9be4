package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationIT {
    private final String alice = QA_HUB.signIn("alice");

    @Test
    void aRotatedTokenHasANewSecretAndTheOldOneIsInvalidImmediately() {
        JsonNode token = QA_HUB.newToken(alice, "rotated");
        String old = token.path("token").asText();
        assertTrue(QA_HUB.isActive(old));
        Answer answer = rotate(alice, token, "");
        assertEquals(200, answer.status(), answer.text());
        assertEquals("no-store", answer.header("Cache-Control"));
        JsonNode rotated = answer.json();
        for (String same : new String[] {"id", "name", "prefix", "scopes", "createdAt"}) {
            assertEquals(token.path(same), rotated.path(same));
        }
        String renewed = rotated.path("token").asText();
        assertNotEquals(old, renewed);
        assertFalse(QA_HUB.isActive(old));
        assertTrue(QA_HUB.isActive(renewed));
        assertTrue(QA_HUB.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR&max=5", null)
                .text()
                .contains("replaced_secret"));
    }

    @Test
    void oldSecretsAreValidUntilTheEndOfTheirOverlap() {
        JsonNode token = QA_HUB.newToken(alice, "overlapping");
        String first = token.path("token").asText();
        String overlap = "{\"overlapSeconds\":3}"; // a shorter overlap might end before all three are verified
        String lost = rotate(alice, token, overlap).json().path("token").asText();
        String second = rotate(alice, token, overlap).json().path("token").asText();
        Instant end = Instant.now().plusSeconds(3);
        assertTrue(QA_HUB.isActive(first), "a further rotation ended the overlap of the old secret");
        assertTrue(QA_HUB.isActive(lost) && QA_HUB.isActive(second));
        Waits.until(end);
        assertFalse(QA_HUB.isActive(first));
        assertFalse(QA_HUB.isActive(lost));
        assertTrue(QA_HUB.isActive(second));
    }

    @Test
    void anOldSecretInUseDuringTheOverlapNeedsNoBcryptPerRequest() {
        JsonNode token = QA_HUB.newToken(alice, "hot");
        String old = token.path("token").asText();
        assertTrue(QA_HUB.isActive(old));
        assertEquals(200, rotate(alice, token, "{\"overlapSeconds\":60}").status());
        assertTrue(QA_HUB.isActive(old));
        assertTrue(QA_HUB.isActive(old)); // fills the cache at the isolation level of MariaDB
        assertEquals(Work.NONE, Work.during(() -> assertTrue(QA_HUB.isActive(old))));
    }

    @Test
    void revokingARotatedTokenInvalidatesAllItsSecrets() {
        JsonNode token = QA_HUB.newToken(alice, "ended");
        String old = token.path("token").asText();
        String renewed = rotate(alice, token, "{\"overlapSeconds\":60}")
                .json()
                .path("token")
                .asText();
        assertTrue(QA_HUB.isActive(old) && QA_HUB.isActive(renewed));
        QA_HUB.revoke(alice, token.path("id").asText());
        assertFalse(QA_HUB.isActive(old) || QA_HUB.isActive(renewed));
        assertEquals(409, rotate(alice, token, "").status());
    }

    @Test
    void anExpiredTokenIsRenewedWithANewSecretAndExpiry() {
        JsonNode token = expired();
        String old = token.path("token").asText();
        BadRequestIT.refused(rotate(alice, token, ""), 400, "invalid_request");
        String expiry = "\"expiresAt\":\"" + Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS) + "\"";
        BadRequestIT.refused(rotate(alice, token, "{\"overlapSeconds\":60," + expiry + "}"), 400, "invalid_request");
        assertFalse(QA_HUB.isActive(old));
        Answer renewed = rotate(alice, token, "{" + expiry + "}");
        assertEquals(200, renewed.status(), renewed.text());
        assertEquals("active", renewed.json().path("status").asText());
        assertTrue(renewed.text().contains(expiry), renewed.text());
        assertTrue(QA_HUB.isActive(renewed.json().path("token").asText()));
        assertFalse(QA_HUB.isActive(old));
    }

    @Test
    void secretsWhoseOverlapWouldOutliveTheirTokenDoNotComeBackWithIt() {
        JsonNode token = QA_HUB.newToken(alice, "renewed");
        String old = token.path("token").asText();
        Instant expiry = Instant.now().plusSeconds(2);
        JsonNode rotated = rotate(alice, token, "{\"overlapSeconds\":600,\"expiresAt\":\"" + expiry + "\"}")
                .json();
        assertTrue(QA_HUB.isActive(old));
        Waits.until(expiry);
        Answer renewed = rotate(alice, token, "{\"expiresAt\":null}");
        assertEquals(200, renewed.status(), renewed.text());
        assertTrue(renewed.json().path("expiresAt").isNull());
        assertFalse(QA_HUB.isActive(old));
        assertFalse(QA_HUB.isActive(rotated.path("token").asText()));
        assertTrue(QA_HUB.isActive(renewed.json().path("token").asText()));
    }

    private JsonNode expired() {
        Instant expiry = Instant.now().plusSeconds(1);
        JsonNode token = QA_HUB.create(
                        alice, "{\"name\":\"over\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json();
        Waits.until(expiry);
        return token;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"overlapSeconds\":-1}",
                "{\"overlapSeconds\":86401}",
                "{\"overlapSeconds\":\"1\"}",
                "{\"overlap\":1}",
                "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}"
            })
    void anInvalidRotationRequestChangesNothing(String body) {
        JsonNode token = QA_HUB.newToken(alice, "steady");
        Answer answer = rotate(alice, token, body);
        assertEquals(400, answer.status(), answer.text());
        assertEquals("invalid_request", answer.json().path("error").asText());
        assertTrue(QA_HUB.isActive(token.path("token").asText()));
    }

    @Test
    void aUserCannotRotateAnotherUsersToken() {
        JsonNode token = QA_HUB.newToken(alice, "hers");
        assertEquals(404, rotate(QA_HUB.signIn("bob"), token, "").status());
        assertTrue(QA_HUB.isActive(token.path("token").asText()));
    }

    @Test
    void theNodeThatCreatedOrRotatedATokenVerifiesItWithoutBcrypt() {
        JsonNode token = QA_HUB.newToken(alice, "known to the node");
        Work first =
                Work.during(() -> assertTrue(QA_HUB.isActive(token.path("token").asText())));
        assertTrue(first.sql() > 0, first.toString());
        assertEquals(0, first.bcrypt());

        String renewed = rotate(alice, token, "").json().path("token").asText();
        assertEquals(0, Work.during(() -> assertTrue(QA_HUB.isActive(renewed))).bcrypt());
    }

    private static Answer rotate(String bearer, JsonNode token, String body) {
        return QA_HUB.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(bearer)
                .json(body)
                .send();
    }
}
