package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the given cases, or all: {@code bench/run [case…]}. Prints Markdown and saves it in {@code target/bench}. */
public final class Benchmark {
    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    static {
        CASES.put("throughput", Throughput::run);
        CASES.put("mappers", Mappers::run);
        CASES.put("profile", Profile::run);
        CASES.put("size", Size::run);
        CASES.put("owner", Owner::run);
        CASES.put("last-use", LastUse::run);
        CASES.put("user-cache", UserCache::run);
        CASES.put("memory", Memory::run);
        CASES.put("flood", Flood::run);
        CASES.put("first-use", FirstUse::run);
        CASES.put("restart", Restart::run);
    }

    private Benchmark() {}

    /** Runs the cases with these names, or all if there are none. */
    public static void main(String[] args) throws IOException {
        List<String> chosen = args.length == 0 ? List.copyOf(CASES.keySet()) : List.of(args);
        if (!CASES.keySet().containsAll(chosen)) {
            System.err.println("Cases: " + String.join(", ", CASES.keySet()));
            System.exit(2);
        }
        Files.createDirectories(Path.of("target/bench"));
        for (String name : chosen) {
            System.out.println("## " + name);
            try (Postgres database = Postgres.start()) {
                String report = CASES.get(name).run(database);
                System.out.println(report);
                Files.writeString(Path.of("target/bench", name + ".md"), report);
            }
        }
        System.exit(0);
    }

    /** Runs measurements on an empty database and returns the results as Markdown. */
    private interface Case {
        String run(Postgres database);
    }
}
