package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Introspection of 1,000 cached tokens at both endpoints, Keycloak's own introspection of a JWT, and the upper bound.
 */
final class Throughput {
    private static final int WARM_UP_SECONDS = Integer.getInteger("bench.warm-up", 40);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 6);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 10);

    private Throughput() {}

    static String run(Postgres database) {
        String before = System.getProperty("bench.before", "");
        return before.isEmpty() ? compareEndpoints(database) : compareBuilds(Path.of(before), database);
    }

    /** Compares both endpoints of the packaged JAR with those of another JAR, whose schema may differ. */
    private static String compareBuilds(Path before, Postgres database) {
        try (Postgres other = Postgres.start();
                Server one = Server.start(before, "before", other, "--cache=local");
                Server two = Server.start("after", database, afterOptions())) {
            List<Load> old = endpoints(new Endpoints(one), tokens(other), "before");
            List<Load> current = endpoints(new Endpoints(two), tokens(database), "after");
            Stream.concat(old.stream(), current.stream()).forEach(load -> load.run(WARM_UP_SECONDS));
            return Rounds.ofWarmPairs(old, current, ROUNDS, SECONDS).comparison(old, current);
        }
    }

    /** Returns options with a key of stored digests, unless the property {@code bench.key} is false. */
    private static String[] afterOptions() {
        return Boolean.parseBoolean(System.getProperty("bench.key", "true"))
                ? new String[] {"--cache=local", Server.DIGEST_KEYS + Tokens.newKey()}
                : new String[] {"--cache=local"};
    }

    private static List<Load> endpoints(Endpoints endpoints, List<String> tokens, String build) {
        endpoints.warm(tokens);
        return List.of(
                endpoints.standard(tokens).named("standard endpoint, " + build),
                endpoints.own(tokens).named("own endpoint, " + build));
    }

    private static List<String> tokens(Postgres database) {
        Tokens rows = Tokens.in(database);
        rows.makeOwners("owner", 100);
        return rows.make("owner", 100, 1000);
    }

    private static String compareEndpoints(Postgres database) {
        try (Server server = Server.start("one", database)) {
            List<String> tokens = tokens(database);
            Endpoints endpoints = new Endpoints(server);
            endpoints.warm(tokens);
            Load jwt = endpoints.jwt();
            List<Load> loads = List.of(
                    jwt,
                    endpoints.standard(tokens),
                    endpoints.own(tokens),
                    endpoints.constantWithEvent(tokens),
                    endpoints.constant(tokens));
            loads.forEach(load -> load.run(WARM_UP_SECONDS));
            return Rounds.ofWarm(loads, ROUNDS, SECONDS).table(jwt);
        }
    }
}
