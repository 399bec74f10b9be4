package io.qahub.keycloak.apitokens.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.token.DigestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes with the same keys of stored digests, and with different ones. */
@Tag("cluster")
class DigestKeysOnTwoNodesIT {
    private static final String KEY = "b25lIGtleSBvbmUga2V5IG9uZSBrZXkgb25lIGtleSBvbmUga2V5";
    private static final String OTHER_KEY = "bmV3IGtleSBuZXcga2V5IG5ldyBrZXkgbmV3IGtleSBuZXcga2V5";
    private static final String UNKNOWN_KEY = "was made with a key that this node does not have";

    private static Postgres database;
    private static Keycloak one;

    private Keycloak two;

    @BeforeAll
    static void startOne() {
        database = Postgres.start();
        one = node("digest-one", KEY);
    }

    @AfterAll
    static void stopOne() {
        one.close();
        database.close();
    }

    @AfterEach
    void stopTwo() {
        two.close();
    }

    @Test
    void withTheSameKeyATokenNeedsNoBcryptAfterItsCreation() {
        two = node("digest-two", KEY);
        String token = newToken();
        assertEquals(0, bcrypts(two, token));
        assertEquals(0, bcrypts(one, token));
        assertFalse(two.log().contains(UNKNOWN_KEY));
    }

    @Test
    void withDifferentKeysEachNodeVerifiesATokenOnceWithBcryptAndLogsOneWarning() {
        two = node("digest-two", OTHER_KEY);
        List<String> tokens = List.of(newToken(), newToken());
        for (String token : tokens) {
            assertEquals(1, bcrypts(two, token));
            await("the other digest to be stored")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> digest(token)
                            .startsWith("1." + DigestKey.parse(OTHER_KEY).get(0).id()));
        }
        // The first node has verified no secret yet, as its key had made the digests.
        tokens.forEach(token -> assertTrue(bcrypts(one, token) <= 1));
        for (Keycloak node : List.of(one, two, one, two)) {
            tokens.forEach(token -> assertEquals(0, bcrypts(node, token)));
        }
        assertEquals(2, two.log().split(UNKNOWN_KEY, -1).length);
        assertTrue(one.log().split(UNKNOWN_KEY, -1).length <= 2);
    }

    private static Keycloak node(String name, String key) {
        List<String> options = new ArrayList<>(database.serverOptions());
        // Cached tokens are read again, so that a node sees the digests of the other.
        options.add("--spi-api-tokens--default--cache-max-age=0");
        options.add("KC_SPI_API_TOKENS__DEFAULT__DIGEST_KEYS=" + key);
        return Keycloak.node(name, options);
    }

    private static String newToken() {
        Realm realm = new Realm(one, "qa-hub");
        return realm.newToken(realm.signIn("alice"), "shared").path("token").asText();
    }

    private static long bcrypts(Keycloak node, String token) {
        return Work.during(node, () -> assertTrue(new Realm(node, "qa-hub").isActive(token)))
                .bcrypt();
    }

    private static String digest(String token) {
        return database.texts(
                        "select SECRET_DIGEST from QH_API_TOKEN where PREFIX = '%s'".formatted(token.substring(3, 9)))
                .get(0);
    }
}
