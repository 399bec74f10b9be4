package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client attribute {@code apiTokens.maxExpSeconds}, for clients that cache a result until {@code exp}. */
class ExpiryCeilingIT {
    private final String alice = QA_HUB.signIn("alice");

    @Test
    void theClientsMaximumExpApplies() {
        String client = newClient("60");
        String endless = token(null);
        Instant soon = Instant.now().plusSeconds(20);
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            long now = Instant.now().getEpochSecond();
            assertAhead(now + 60, exp(client, endpoint, endless));
            assertAhead(now + 60, exp(client, endpoint, token(Instant.now().plusSeconds(3600))));
            assertEquals(
                    soon.getEpochSecond(), exp(client, endpoint, token(soon)).asLong());
            assertTrue(exp("qa-hub-api", endpoint, endless).isMissingNode(), "responses to other clients have an exp");
        }
    }

    /** Clients cache a JWT that was obtained with an API token for as long as an API token. */
    @Test
    void theClientsMaximumExpAppliesToExchangedAccessTokens() {
        String client = newClient("30");
        String jwt = AccessTokens.accessToken(new AccessTokens(QA_HUB).exchange(token(null), "audience", client));
        for (String endpoint : List.of(OWN_ENDPOINT, STANDARD_ENDPOINT)) {
            assertAhead(Instant.now().getEpochSecond() + 30, exp(client, endpoint, jwt));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1m", "1.5", "99999999999"})
    void anInvalidMaximumMakesEveryTokenInactiveAndTheEventSaysWhy(String value) {
        String client = newClient(value);
        assertEquals(
                "{\"active\":false}",
                introspect(client, OWN_ENDPOINT, token(null)).text());
        JsonNode event = QA_HUB.admin("GET", "/events?max=1&type=INTROSPECT_TOKEN_ERROR&client=" + client, null)
                .json()
                .path(0);
        assertTrue(event.path("details").path("reason").asText().contains("apiTokens.maxExpSeconds"), event.toString());
    }

    private static String newClient(String ceiling) {
        String client = "remembering-" + ceiling;
        new AccessTokens(QA_HUB)
                .newClient(
                        client,
                        "\"defaultClientScopes\":[\"api-tokens\"],\"attributes\":{\"apiTokens.maxExpSeconds\":\""
                                + ceiling + "\"}");
        return client;
    }

    private String token(Instant expiry) {
        String expiresAt = expiry == null ? "null" : "\"" + expiry + "\"";
        return QA_HUB.create(alice, "{\"name\":\"t\",\"scopes\":[\"read\"],\"expiresAt\":" + expiresAt + "}")
                .json()
                .path("token")
                .asText();
    }

    private static JsonNode exp(String client, String endpoint, String token) {
        Answer answer = introspect(client, endpoint, token);
        assertTrue(answer.json().path("active").asBoolean(), answer.text());
        return answer.json().path("exp");
    }

    private static Answer introspect(String client, String endpoint, String token) {
        return QA_HUB.call("POST", endpoint)
                .basic(client, client + "-secret")
                .form(Map.of("token", token))
                .send();
    }

    private static void assertAhead(long expected, JsonNode exp) {
        assertTrue(Math.abs(exp.asLong() - expected) <= 5, exp + " is not about " + expected);
    }
}
