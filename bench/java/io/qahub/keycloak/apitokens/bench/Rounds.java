package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.bench.Load.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Loads that take turns, so that what else the machine does meets all of them, and the medians of what they reached. */
final class Rounds {
    private static final int LEAD_IN_SECONDS = 3;

    private final Map<String, List<Result>> results = new LinkedHashMap<>();

    /**
     * The same for what is warm: each begins with some seconds that do not count, because what the server remembers of it has
     * grown old during the others, whose garbage is still there.
     */
    static Rounds ofWarm(List<Load> loads, int rounds, int seconds) {
        return of(loads, LEAD_IN_SECONDS, rounds, seconds);
    }

    /** Runs all loads for so many rounds of so many seconds each. */
    static Rounds of(List<Load> loads, int rounds, int seconds) {
        return of(loads, 0, rounds, seconds);
    }

    private static Rounds of(List<Load> loads, int leadIn, int rounds, int seconds) {
        Rounds all = new Rounds();
        for (int round = 0; round < rounds; round++) {
            for (Load load : inTurn(loads, round)) {
                if (leadIn > 0) {
                    load.run(leadIn);
                }
                Result result = load.run(seconds);
                all.results.computeIfAbsent(load.name(), n -> new ArrayList<>()).add(result);
                System.out.printf(
                        "  round %d  %-44s %8.0f/s  p50 %6.2f ms  p99 %6.2f ms  %4.0f bytes  refused %d, broken %d%n",
                        round + 1,
                        load.name(),
                        result.throughput(),
                        result.p50(),
                        result.p99(),
                        result.size(),
                        result.refused(),
                        result.broken());
            }
        }
        return all;
    }

    /** To and fro, so that each follows each of its neighbours. */
    private static List<Load> inTurn(List<Load> loads, int round) {
        List<Load> inTurn = new ArrayList<>(loads);
        if (round % 2 == 1) {
            Collections.reverse(inTurn);
        }
        return inTurn;
    }

    double throughput(Load load) {
        return median(load.name(), Result::throughput);
    }

    double p99(Load load) {
        return median(load.name(), Result::p99);
    }

    /** Rows of medians, with each throughput as a multiple of that of {@code base}. */
    String table(Load base) {
        StringBuilder table = new StringBuilder();
        table.append("| load | requests/s | p50 ms | p99 ms | × ")
                .append(base.name())
                .append(" |\n");
        table.append("|---|---:|---:|---:|---:|\n");
        double unit = throughput(base);
        for (String name : results.keySet()) {
            double throughput = median(name, Result::throughput);
            table.append(String.format(
                    "| %s | %.0f | %.2f | %.2f | %.2f |%n",
                    name, throughput, median(name, Result::p50), median(name, Result::p99), throughput / unit));
        }
        return table.toString();
    }

    /** Rows of what the loads of {@code later} reached as a multiple of here, each in relation to {@code base}. */
    String comparison(Rounds later, Load base) {
        StringBuilder table = new StringBuilder("| load | later, as a multiple of before |\n|---|---:|\n");
        double change = later.throughput(base) / throughput(base);
        for (String name : results.keySet()) {
            double ratio = later.median(name, Result::throughput) / median(name, Result::throughput);
            table.append(String.format("| %s | %.2f |%n", name, ratio / change));
        }
        return table.toString();
    }

    private double median(String name, ToDoubleFunction<Result> what) {
        double[] sorted = results.get(name).stream().mapToDouble(what).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
