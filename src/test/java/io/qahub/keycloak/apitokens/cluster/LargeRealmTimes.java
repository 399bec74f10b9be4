package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures how long an administrator's lists and their totals take in a realm with 100,000 tokens, compared to the first
 * page in a realm with 100; requests to both realms alternate. First pages, searches, filters and sort orders with an index
 * have a limit; the times of deep pages and of sorting by last use are only printed. Not part of a suite:
 * {@code ./mvnw verify -Pall -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=LargeRealmTimes}.
 */
@Tag("large")
class LargeRealmTimes {
    private static final int TOKENS = Integer.getInteger("large.tokens", 100_000);
    private static final int ROUNDS = 21;
    private static final double MAX_RATIO = 5.0;

    @Test
    void firstPagesTakeAtMostFiveTimesAsLongAsInASmallRealm() {
        Cluster cluster = Cluster.get();
        LargeRealm small = LargeRealm.fill(cluster, "hundred", 100);
        LargeRealm large = LargeRealm.fill(cluster, "hundred-thousand", TOKENS);
        large.tokens().settled();
        List<String> first = Stream.of(List.of(""), LargeRealm.SEARCHES, LargeRealm.FILTERS, LargeRealm.SORTS)
                .flatMap(List::stream)
                .toList();
        List<String> printed = List.of(
                "?sort=lastUsed",
                "?sort=lastUsed&order=asc",
                "?first=1000",
                "?first=" + TOKENS / 2,
                "?first=" + TOKENS * 4 / 5,
                "?status=all&first=" + (TOKENS - 100),
                "?sort=lastUsed&first=" + TOKENS / 2,
                "?sort=expires&first=" + TOKENS / 2);
        List<String> slow = compare(small, large, large.withPrefix(first)).stream()
                .filter(comparison -> comparison.ratio() > MAX_RATIO)
                .map(Comparison::toString)
                .toList();
        compare(small, large, printed);
        assertTrue(slow.isEmpty(), String.join("\n", slow));
    }

    private static List<Comparison> compare(LargeRealm small, LargeRealm large, List<String> queries) {
        for (String query : queries) {
            measure(small, large, query); // warms up
        }
        return queries.stream()
                .map(query -> measure(small, large, query))
                .peek(System.out::println)
                .toList();
    }

    private static Comparison measure(LargeRealm small, LargeRealm large, String query) {
        String admin = large.realm().adminToken();
        double[] base = new double[ROUNDS];
        double[] times = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            base[round] = milliseconds(small, admin, "");
            times[round] = milliseconds(large, admin, query);
        }
        return Comparison.of(query, base, times, large.list(admin, query));
    }

    private static double milliseconds(LargeRealm realm, String admin, String query) {
        long start = System.nanoTime();
        Answer answer = realm.list(admin, query);
        double time = (System.nanoTime() - start) / 1e6;
        assertEquals(200, answer.status(), answer.text());
        return time;
    }

    /** Compares one query with the first page in the small realm. */
    private record Comparison(String query, double base, double first, double median, double slowest, Answer answer) {
        static Comparison of(String query, double[] base, double[] times, Answer answer) {
            double first = times[0];
            Arrays.sort(base);
            Arrays.sort(times);
            int last = times.length - 1;
            return new Comparison(query, base[last / 2], first, times[last / 2], times[last], answer);
        }

        double ratio() {
            return median / base;
        }

        @Override
        public String toString() {
            return "%-45s %5.1f ms, %.2f times %.1f ms (first call %.1f ms, slowest %.1f ms), %d of %s"
                    .formatted(
                            query,
                            median,
                            ratio(),
                            base,
                            first,
                            slowest,
                            answer.json().size(),
                            answer.header("X-Total-Count"));
        }
    }
}
