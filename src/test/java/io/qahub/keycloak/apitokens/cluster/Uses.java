package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** First uses of tokens at the other node of a cluster, and the times of their responses. */
final class Uses {
    private final Cluster cluster;
    private final Map<String, Instant> answeredById = new LinkedHashMap<>();

    Uses(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Uses one new token after another until this time has passed since the first response. */
    void untilOneIsOlderThan(int seconds) {
        Instant first = use();
        while (!first.isBefore(Instant.now().minusSeconds(seconds))) {
            use();
        }
    }

    private Instant use() {
        JsonNode token = cluster.one().newToken("bob");
        assertTrue(cluster.other().isActive(token.path("token").asText()));
        Instant answered = Instant.now();
        answeredById.put(token.path("id").asText(), answered);
        return answered;
    }

    /** Fails unless the database contains each use whose response came before {@code time}. */
    void assertWritten(Instant time) {
        answeredById.values().removeIf(answered -> !answered.isBefore(time));
        assertTrue(!answeredById.isEmpty(), "no use was acknowledged before this time");
        assertEquals(
                answeredById.size(),
                cluster.database()
                        .number("select count(*) from QH_API_TOKEN where LAST_USED_AT is not null and ID in ('"
                                + String.join("','", answeredById.keySet()) + "')"));
    }
}
