package io.qahub.keycloak.apitokens.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A last use is written once per interval, regardless of the number of uses and nodes. A trigger records each write. */
@Tag("cluster")
class LastUsedAcrossNodesIT {
    private static final int USES = 1000;
    private static final int THREADS = 50;
    private static Cluster cluster;

    @BeforeAll
    static void count() {
        cluster = Cluster.get();
        cluster.database().execute("create table USES_WRITTEN (ID varchar(36), USED_AT bigint)");
        cluster.database().execute("""
                create function COUNT_USE() returns trigger as
                $$ begin insert into USES_WRITTEN values (new.ID, new.LAST_USED_AT); return new; end $$ language plpgsql""");
        cluster.database().execute("""
                create trigger COUNT_USES after update of LAST_USED_AT on QH_API_TOKEN
                for each row execute function COUNT_USE()""");
    }

    @AfterAll
    static void stopCounting() {
        cluster.database().execute("drop trigger COUNT_USES on QH_API_TOKEN");
        cluster.database().execute("drop function COUNT_USE");
        cluster.database().execute("drop table USES_WRITTEN");
    }

    @Test
    void aThousandParallelUsesOnTwoNodesCauseOneWritePerInterval() throws Exception {
        JsonNode token = cluster.one().newToken("alice");
        String string = token.path("token").asText();
        String id = token.path("id").asText();
        useInParallel(string);
        await("the write of the next interval for a token that both nodes use")
                .atMost(Cluster.LAST_USED_INTERVAL.multipliedBy(2))
                .until(() -> {
                    assertTrue(cluster.one().isActive(string) && cluster.other().isActive(string));
                    return written(id) > 1;
                });
        List<Long> uses = usesWritten(id);
        for (int i = 1; i < uses.size(); i++) {
            Duration apart = Duration.ofMillis(uses.get(i) - uses.get(i - 1));
            assertTrue(
                    apart.compareTo(Cluster.LAST_USED_INTERVAL) >= 0, "the time between two writes is only " + apart);
        }
    }

    @Test
    void aLockedRowDoesNotDelayOtherRows() throws Exception {
        JsonNode held = cluster.one().newToken("alice");
        JsonNode free = cluster.one().newToken("alice");
        String lock =
                "select ID from QH_API_TOKEN where ID = '" + held.path("id").asText() + "' for update";
        try (Connection holder = cluster.database().hold(lock)) {
            assertFalse(holder.isClosed());
            assertTrue(cluster.one().isActive(held.path("token").asText()));
            assertTrue(cluster.one().isActive(free.path("token").asText()));
            awaitWritten(free.path("id").asText());
            assertEquals(0, written(held.path("id").asText()));
        }
        awaitWritten(held.path("id").asText());
    }

    private static void awaitWritten(String id) {
        await("the last use to be written").until(() -> written(id) > 0);
        assertEquals(1, written(id));
    }

    private static void useInParallel(String string) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> uses = IntStream.range(0, USES)
                    .mapToObj(i -> pool.submit(() -> (i % 2 == 0 ? cluster.one() : cluster.other()).isActive(string)))
                    .toList();
            for (Future<Boolean> use : uses) {
                assertTrue(use.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static long written(String id) {
        return usesWritten(id).size();
    }

    /** Returns the written times of use, in milliseconds since the epoch. */
    private static List<Long> usesWritten(String id) {
        return cluster
                .database()
                .texts("select USED_AT from USES_WRITTEN where ID = '" + id + "' order by USED_AT")
                .stream()
                .map(Long::valueOf)
                .toList();
    }
}
