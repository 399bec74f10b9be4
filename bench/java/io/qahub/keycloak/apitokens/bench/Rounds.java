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

    /** Runs each load next to the one at the same place in {@code others}. */
    static Rounds ofPairs(List<Load> loads, List<Load> others, int rounds, int seconds) {
        List<Load> all = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            all.add(loads.get(i));
            all.add(others.get(i));
        }
        return of(all, rounds, seconds);
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

    /**
     * Rows of two medians of throughput each, of a load and of the one at the same place in {@code others}, and the median of the
     * rounds' ratios: the two ran one after the other, so that the machine's own ups and downs met both.
     */
    String comparison(List<Load> loads, List<Load> others) {
        StringBuilder table =
                new StringBuilder("| load | requests/s | of | requests/s | ratio |\n|---|---:|---|---:|---:|\n");
        for (int i = 0; i < loads.size(); i++) {
            Load load = loads.get(i);
            Load other = others.get(i);
            table.append(String.format(
                    "| %s | %.0f | %s | %.0f | %.2f |%n",
                    load.name(), throughput(load), other.name(), throughput(other), ratio(load, other)));
        }
        return table.toString();
    }

    private double ratio(Load load, Load other) {
        List<Result> bases = results.get(load.name());
        List<Result> compared = results.get(other.name());
        return median(IntStream.range(0, bases.size())
                .mapToDouble(round ->
                        compared.get(round).throughput() / bases.get(round).throughput()));
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
