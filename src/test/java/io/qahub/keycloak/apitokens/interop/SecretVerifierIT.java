package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.FreePort;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verifier for TruffleHog: {@code examples/secret-scanning/verifier.mjs}. */
@Tag("interop")
class SecretVerifierIT {
    private static final int PORT = FreePort.find();
    private static Relay keycloak;
    private static Service verifier;

    private final String alice = QA_HUB.signIn("alice");
    private final JsonNode token = QA_HUB.newToken(alice, "leaked");
    private final String secret = token.path("token").asText();

    @BeforeAll
    static void startVerifier() {
        keycloak = Relay.to(URI.create(QA_HUB.server().url()).getPort());
        verifier = Service.start(
                PORT,
                Examples.workDirectory("secret-scanning"),
                Map.of("PORT", String.valueOf(PORT), "REALM_URL", "http://" + keycloak.address() + QA_HUB.path("")),
                List.of(
                        "node",
                        Examples.directory("secret-scanning")
                                .resolve("verifier.mjs")
                                .toString()));
    }

    @AfterAll
    static void stopVerifier() {
        if (verifier != null) {
            verifier.close();
        }
        keycloak.close();
    }

    @Test
    void anActiveTokenIsVerifiedUntilItIsRevoked() {
        assertEquals(200, verify(secret));
        QA_HUB.revoke(alice, token.path("id").asText());
        assertEquals(403, verify(secret));
        assertFalse(verifier.log().contains(secret));
    }

    @Test
    void aWrongChecksumIsFoundWithoutKeycloak() {
        keycloak.cut();
        try {
            assertEquals(403, verify(secret.substring(0, 44) + "!" + secret.substring(45)));
            assertEquals(502, verify(secret));
        } finally {
            keycloak.restore();
        }
        assertEquals(200, verify(secret));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "null", "{\"KeycloakApiToken\":{}}", "{\"KeycloakApiToken\":{\"token\":[1]}}"})
    void anotherBodyIsRejected(String body) {
        assertEquals(400, verifier.call("POST", "/").json(body).send().status());
    }

    /** The call that the verifier makes. */
    @Test
    void aHeadRequestRevealsOnlyWhetherTheTokenIsActive() {
        Answer active = head(secret);
        assertEquals(200, active.status());
        QA_HUB.revoke(alice, token.path("id").asText());
        Answer revoked = head(secret);
        assertEquals(401, revoked.status());
        for (Answer answer : List.of(active, revoked)) {
            assertEquals("", answer.text());
            String headers = answer.response().headers().map().toString();
            assertTrue(headers.contains("no-store"), headers);
            for (String detail : List.of("alice", "leaked", token.path("id").asText(), secret.substring(0, 9))) {
                assertFalse(headers.contains(detail), headers);
            }
        }
    }

    private static Answer head(String token) {
        return QA_HUB.call("HEAD", "/api-tokens/self").bearer(token).send();
    }

    private static int verify(String token) {
        Answer answer = verifier.call("POST", "/")
                .json("{\"KeycloakApiToken\":{\"token\":[\"" + token + "\"]}}")
                .send();
        assertEquals("", answer.text());
        return answer.status();
    }
}
