package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However often a token is used and on whatever node, its last use is written once a minute; a trigger counts. */
@Tag("cluster")
class LastUsedAcrossNodesIT {
    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final int USES = 1000;
    private static final int THREADS = 50;
    private static Cluster cluster;

    @BeforeAll
    static void count() {
        cluster = Cluster.get();
        cluster.database().execute("create table USES_WRITTEN (ID varchar(36))");
        cluster.database().execute("""
                create function COUNT_USE() returns trigger as
                $$ begin insert into USES_WRITTEN values (new.ID); return new; end $$ language plpgsql""");
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
    void aThousandParallelUsesOnTwoNodesAllSucceedAndCostOneWriteAMinute() throws Exception {
        JsonNode token = cluster.one().newToken("alice");
        String string = token.path("token").asText();
        String id = token.path("id").asText();
        Instant start = Instant.now();
        useInParallel(string);
        awaitWritten(id);
        while (Instant.now().isBefore(start.plus(A_MINUTE).minusSeconds(5))) {
            assertTrue(cluster.one().isActive(string) && cluster.other().isActive(string));
            assertEquals(1, written(id), "after " + Duration.between(start, Instant.now()));
            Thread.sleep(200);
        }
        Instant end = start.plus(A_MINUTE).plusSeconds(15);
        while (written(id) == 1 && Instant.now().isBefore(end)) {
            assertTrue(cluster.one().isActive(string) && cluster.other().isActive(string));
            Thread.sleep(200);
        }
        assertEquals(2, written(id), "the second minute's");
    }

    @Test
    void aRowThatSomebodyIsChangingHoldsNoOtherUp() throws Exception {
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

    private static void awaitWritten(String id) throws InterruptedException {
        for (int i = 0; i < 200 && written(id) == 0; i++) {
            Thread.sleep(50);
        }
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
        return cluster.database().number("select count(*) from USES_WRITTEN where ID = '" + id + "'");
    }
}
