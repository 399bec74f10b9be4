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
 * How long lists take in a realm with 100,000 tokens, in terms of the first page of one with 100, asked alternately. Not part
 * of the suite: {@code ./mvnw verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=LargeRealmTimes}.
 */
@Tag("large")
class LargeRealmTimes {
    private static final int TOKENS = Integer.getInteger("large.tokens", 100_000);
    private static final int ROUNDS = 21;
    private static final double MOST = 2.0;

    /** In the place of a page's beginning: in each round another one, all over the list. */
    private static final String ANYWHERE = "ANYWHERE";

    @Test
    void noListTakesMoreThanTwiceTheTime() {
        Cluster cluster = Cluster.get();
        LargeRealm small = LargeRealm.fill(cluster, "hundred", 100);
        LargeRealm large = LargeRealm.fill(cluster, "hundred-thousand", TOKENS);
        large.tokens().settled();
        List<String> deep = List.of(
                "?first=1000",
                "?first=" + TOKENS / 2,
                "?first=" + TOKENS * 4 / 5,
                "?status=all&first=" + TOKENS / 2,
                "?status=all&first=" + (TOKENS - 100),
                "?status=active&first=" + TOKENS / 4,
                "?sort=lastUsed&first=" + TOKENS / 2,
                "?sort=expires&first=" + TOKENS / 2,
                "?first=" + ANYWHERE,
                "?order=asc&first=" + ANYWHERE,
                "?status=all&first=" + ANYWHERE,
                "?sort=lastUsed&first=" + ANYWHERE,
                "?sort=expires&order=asc&first=" + ANYWHERE);
        List<String> queries =
                large.withPrefix(Stream.of(List.of(""), LargeRealm.SEARCHES, LargeRealm.FILTERS, LargeRealm.SORTS, deep)
                        .flatMap(List::stream)
                        .toList());
        for (String query : queries) {
            measure(small, large, query); // warms up
        }
        List<String> counted =
                Stream.concat(Stream.of(""), LargeRealm.FILTERS.stream()).toList();
        List<Comparison> comparisons = Stream.concat(
                        queries.stream().map(query -> measure(small, large, query)),
                        counted.stream().map(query -> afterARevocation(small, large, query)))
                .peek(System.out::println)
                .toList();
        List<String> slow = comparisons.stream()
                .filter(comparison -> comparison.ratio() > MOST)
                .map(Comparison::toString)
                .toList();
        assertTrue(slow.isEmpty(), String.join("\n", slow));
    }

    /** The first page when the node has just dropped what it knew of the list, so that the request itself counts. */
    private static Comparison afterARevocation(LargeRealm small, LargeRealm large, String query) {
        String admin = large.realm().adminToken();
        double[] base = new double[ROUNDS];
        double[] times = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            String id = large.list(admin, "?max=1").json().get(0).path("id").asText();
            assertEquals(
                    204,
                    large.realm().admin("DELETE", "/api-tokens/" + id, null).status());
            base[round] = milliseconds(small, admin, "");
            times[round] = milliseconds(large, admin, query);
        }
        return Comparison.of("after a revocation: " + query, base, times, large.list(admin, query));
    }

    private static Comparison measure(LargeRealm small, LargeRealm large, String query) {
        String admin = large.realm().adminToken();
        double[] base = new double[ROUNDS];
        double[] times = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            base[round] = milliseconds(small, admin, "");
            times[round] = milliseconds(large, admin, query.replace(ANYWHERE, "" + TOKENS * 4 / 5 / ROUNDS * round));
        }
        return Comparison.of(query, base, times, large.list(admin, query.replace(ANYWHERE, "" + TOKENS / 3)));
    }

    private static double milliseconds(LargeRealm realm, String admin, String query) {
        long start = System.nanoTime();
        Answer answer = realm.list(admin, query);
        double time = (System.nanoTime() - start) / 1e6;
        assertEquals(200, answer.status(), answer.text());
        return time;
    }

    /** One query against the first page of the small realm. */
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
