package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.AccessTokens.accessToken;
import static io.qahub.keycloak.apitokens.server.AccessTokens.claims;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JWT is active only while its secret is accepted. Use {@code -Djwt.trials=1000} for a long run. */
@Tag("lifecycle")
class JwtOfRotatedSecretIT {
    private static final int TRIALS = Integer.getInteger("jwt.trials", 100);
    private static final Realm REALM = Realm.QA_HUB;
    private static final AccessTokens TOKENS = new AccessTokens(REALM);

    @Test
    void itIsInactiveOnTheNextRequestAlsoWithinTheSecondInWhichItWasIssued() {
        String bearer = REALM.signIn("alice");
        JsonNode token = REALM.newToken(bearer, "rotated often");
        String string = token.path("token").asText();
        int withinASecond = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            bearer = trial % 100 == 99 ? REALM.signIn("alice") : bearer;
            String jwt = accessToken(TOKENS.exchange(string));
            if (trial % 10 == 0) {
                assertTrue(REALM.isActive(jwt), "trial " + trial);
                assertEquals(200, Gateway.asks(REALM, "GET", "", jwt).send().status(), "trial " + trial);
            }
            string = rotate(bearer, token, "{}").path("token").asText();
            withinASecond += claims(jwt).path("iat").asLong() == Instant.now().getEpochSecond() ? 1 : 0;
            assertFalse(REALM.isActive(jwt), "introspected in trial " + trial);
            assertEquals(401, Gateway.asks(REALM, "GET", "", jwt).send().status(), "trial " + trial);
        }
        assertTrue(withinASecond > TRIALS / 4, withinASecond + " of " + TRIALS + " within a second");
    }

    @Test
    void itLivesThroughTheOverlapOfItsSecretAndNoLonger() {
        String bearer = REALM.signIn("alice");
        JsonNode token = REALM.newToken(bearer, "overlapping");
        String old = accessToken(TOKENS.exchange(token.path("token").asText()));
        String renewed =
                rotate(bearer, token, "{\"overlapSeconds\":60}").path("token").asText();
        String current = accessToken(TOKENS.exchange(renewed));
        String late = accessToken(TOKENS.exchange(token.path("token").asText()));
        assertTrue(REALM.isActive(old), "within the overlap");
        assertTrue(REALM.isActive(late), "obtained within the overlap");
        String newest =
                rotate(bearer, token, "{\"overlapSeconds\":2}").path("token").asText();
        Instant end = Instant.now().plusSeconds(2);
        assertTrue(REALM.isActive(current), "within the overlap");
        Waits.until(end);
        assertFalse(REALM.isActive(old));
        assertFalse(REALM.isActive(late));
        assertFalse(REALM.isActive(current));
        assertTrue(REALM.isActive(accessToken(TOKENS.exchange(newest))));
    }

    private static JsonNode rotate(String bearer, JsonNode token, String body) {
        return REALM.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(bearer)
                .json(body)
                .send()
                .json();
    }
}
