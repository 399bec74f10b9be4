package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** If the database fails, no endpoint grants access, and none reports a token as inactive. */
class DatabaseFailureIT {
    @Test
    void everyEndpointReturns503UntilTheDatabaseIsAvailableAgain() {
        AccessTokens tokens = new AccessTokens(QA_HUB);
        // Never used, and therefore not cached.
        String token =
                QA_HUB.newToken(QA_HUB.signIn("alice"), "unlucky").path("token").asText();
        Database.get().without(() -> {
            refused(QA_HUB.introspect(OWN_ENDPOINT, token));
            refused(QA_HUB.introspect(STANDARD_ENDPOINT, token));
            refused(Gateway.asks(QA_HUB, "GET", "", token).send());
            refused(QA_HUB.call("GET", "/api-tokens/self").bearer(token).send());
            refused(QA_HUB.call("POST", "/api-tokens/revoke")
                    .form(Map.of("token", token))
                    .send());
            refused(tokens.exchange(token));
            refused(tokens.signIn("qa-hub-legacy", "alice", token));
        });
        assertTrue(QA_HUB.isActive(token));
    }

    private static void refused(Http.Answer answer) {
        BadRequestIT.refused(answer, 503, "temporarily_unavailable");
    }
}
