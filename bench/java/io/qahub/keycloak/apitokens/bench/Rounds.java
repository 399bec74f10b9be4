package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.bench.Load.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Runs loads alternately, so that other activity on the machine affects all of them equally, and computes medians. */
final class Rounds {
    private static final int LEAD_IN_SECONDS = 3;

    private final Map<String, List<Result>> results = new LinkedHashMap<>();

    /**
     * The same for cached tokens: each run is preceded by some seconds that do not count, because the cached tokens
     * have expired during the other loads, whose garbage has not been collected yet.
     */
    static Rounds ofWarm(List<Load> loads, int rounds, int seconds) {
        return of(loads, LEAD_IN_SECONDS, rounds, seconds);
    }

    /** Runs each load directly before or after the one at the same index of {@code others}. */
    static Rounds ofPairs(List<Load> loads, List<Load> others, int rounds, int seconds) {
        return of(pairs(loads, others), rounds, seconds);
    }

    private static List<Load> pairs(List<Load> loads, List<Load> others) {
        List<Load> all = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            all.add(loads.get(i));
            all.add(others.get(i));
        }
        return all;
    }

    /** The same for cached tokens. */
    static Rounds ofWarmPairs(List<Load> loads, List<Load> others, int rounds, int seconds) {
        return of(pairs(loads, others), LEAD_IN_SECONDS, rounds, seconds);
    }

    /** Runs all loads for a number of rounds of a number of seconds each. */
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
                        "  round %d  %-44s %8.0f/s  p50 %6.2f ms  p99 %6.2f ms  CPU %4.0f µs  %4.0f bytes  rejected %d, broken %d%n",
                        round + 1,
                        load.name(),
                        result.throughput(),
                        result.p50(),
                        result.p99(),
                        result.cpu(),
                        result.size(),
                        result.rejected(),
                        result.broken());
            }
        }
        return all;
    }

    /** In forward and reverse order, so that each load follows each of its neighbors. */
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

    /** Returns table rows of medians, with each throughput also as a multiple of that of {@code base}. */
    String table(Load base) {
        StringBuilder table = new StringBuilder();
        table.append("| load | requests/s | p50 ms | p99 ms | CPU µs | × ")
                .append(base.name())
                .append(" |\n");
        table.append("|---|---:|---:|---:|---:|---:|\n");
        double unit = throughput(base);
        for (String name : results.keySet()) {
            double throughput = median(name, Result::throughput);
            table.append(String.format(
                    "| %s | %.0f | %.2f | %.2f | %.0f | %.2f |%n",
                    name,
                    throughput,
                    median(name, Result::p50),
                    median(name, Result::p99),
                    median(name, Result::cpu),
                    throughput / unit));
        }
        return table.toString();
    }

    /**
     * Returns table rows with the median throughput of a load and of the one at the same index of {@code others}, the
     * median of their ratios in each round, and that of their CPU times: the two ran in direct succession, so the
     * machine's speed affects both.
     */
    String comparison(List<Load> loads, List<Load> others) {
        StringBuilder table = new StringBuilder(
                "| load | requests/s | of | requests/s | ratio | ratio of CPU time |\n|---|---:|---|---:|---:|---:|\n");
        for (int i = 0; i < loads.size(); i++) {
            Load load = loads.get(i);
            Load other = others.get(i);
            table.append(String.format(
                    "| %s | %.0f | %s | %.0f | %.2f | %.2f |%n",
                    load.name(),
                    throughput(load),
                    other.name(),
                    throughput(other),
                    ratio(load, other, Result::throughput),
                    ratio(load, other, Result::cpu)));
        }
        return table.toString();
    }

    private double ratio(Load load, Load other, ToDoubleFunction<Result> what) {
        List<Result> bases = results.get(load.name());
        List<Result> compared = results.get(other.name());
        return median(IntStream.range(0, bases.size())
                .mapToDouble(round -> what.applyAsDouble(compared.get(round)) / what.applyAsDouble(bases.get(round))));
    }

    private double median(String name, ToDoubleFunction<Result> what) {
        return median(results.get(name).stream().mapToDouble(what));
    }

    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
