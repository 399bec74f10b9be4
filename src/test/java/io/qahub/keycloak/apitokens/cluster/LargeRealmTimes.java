package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How long lists take in a realm with 100,000 tokens, in terms of the first page of one with 100, asked alternately. Not part
 * of the suite: {@code ./mvnw verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=LargeRealmTimes}.
 */
class LargeRealmTimes {
    private static final int TOKENS = Integer.getInteger("large.tokens", 100_000);
    private static final int ROUNDS = 21;
    private static final double MOST = 2.0;

    @Test
    void noListTakesMoreThanTwiceTheTime() {
        Cluster cluster = Cluster.get();
        LargeRealm small = LargeRealm.fill(cluster, "hundred", 100);
        LargeRealm large = LargeRealm.fill(cluster, "hundred-thousand", TOKENS);
        List<String> deep = List.of(
                "?first=1000",
                "?first=" + TOKENS / 2,
                "?first=" + TOKENS * 4 / 5,
                "?status=all&first=" + TOKENS / 2,
                "?status=all&first=" + (TOKENS - 100),
                "?status=active&first=" + TOKENS / 4,
                "?sort=lastUsed&first=" + TOKENS / 2,
                "?sort=expires&first=" + TOKENS / 2);
        List<String> queries =
                large.withPrefix(Stream.of(List.of(""), LargeRealm.SEARCHES, LargeRealm.FILTERS, LargeRealm.SORTS, deep)
                        .flatMap(List::stream)
                        .toList());
        for (String query : queries) {
            measure(small, large, query); // warms up
        }
        List<String> slow = new ArrayList<>();
        for (String query : queries) {
            Comparison comparison = measure(small, large, query);
            System.out.println(comparison);
            if (comparison.ratio() > MOST) {
                slow.add(comparison.toString());
            }
        }
        assertTrue(slow.isEmpty(), String.join("\n", slow));
    }

    private static Comparison measure(LargeRealm small, LargeRealm large, String query) {
        String admin = large.realm().adminToken();
        double[] base = new double[ROUNDS];
        double[] times = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            base[round] = milliseconds(small, admin, "");
            times[round] = milliseconds(large, admin, query);
        }
        return new Comparison(query, median(base), times[0], median(times), large.list(admin, query));
    }

    private static double milliseconds(LargeRealm realm, String admin, String query) {
        long start = System.nanoTime();
        Answer answer = realm.list(admin, query);
        double time = (System.nanoTime() - start) / 1e6;
        assertEquals(200, answer.status(), answer.text());
        return time;
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    /** One query against the first page of the small realm; {@code first} is the one call that had to count. */
    private record Comparison(String query, double base, double first, double median, Answer answer) {
        double ratio() {
            return median / base;
        }

        @Override
        public String toString() {
            return "%-45s %5.1f ms, %.2f times %.1f ms (first call %.1f ms), %d of %s"
                    .formatted(
                            query, median, ratio(), base, first, answer.json().size(), answer.header("X-Total-Count"));
        }
    }
}
