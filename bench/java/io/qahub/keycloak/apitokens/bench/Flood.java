package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.bench.Load.Result;
import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Realm;
import io.qahub.keycloak.apitokens.token.TokenGenerator;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A flood on 8 connections: the throughput that remains for cached tokens on 8 others, and for password logins. */
final class Flood {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 10);
    private static final int WRONG = 50_000;

    /** The bcrypt cost of the tokens in the flood, as in production. */
    private static final int COST = 10;

    private final Server server;
    private final Load warm;
    private double alone;

    private Flood(Server server, Load warm) {
        this.server = server;
        this.warm = warm;
    }

    static String run(Postgres database) {
        try (Server server = Server.start("one", database)) {
            Realm realm = new Realm(server.keycloak(), "qa-hub");
            realm.admin(
                    "PUT",
                    "",
                    "{\"bruteForceProtected\":true,\"accessTokenLifespan\":36000,\"attributes\":{\"apiTokens.allowedClients\":\"qa-hub-cli\"}}");
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", 100);
            List<String> tokens = rows.make("owner", 100, 1000);
            List<String> knownPrefixes = rows.make("owner", 100, 100, COST);
            String ofAlice = realm.newToken(realm.signIn("alice"), "known to the attacker")
                    .path("token")
                    .asText();
            Endpoints endpoints = new Endpoints(server);
            endpoints.warm(tokens);
            Flood flood = new Flood(server, endpoints.own(tokens).named("cached tokens"));
            flood.warm.run(40);
            long before = Memory.live(server);
            String report = flood.measure("no flood", null)
                    + flood.measure(
                            "wrong secrets, known prefixes", endpoints.own(wrongSecrets(ofAlice, knownPrefixes)))
                    + flood.measure("unknown prefixes", endpoints.own(Tokens.madeUp(WRONG)))
                    + flood.measure("creations", creations(server, realm));
            return "| flood on 8 connections | introspections of cached tokens/s | p99 ms | × without flood | flood requests/s | at the same time |\n"
                    + "|---|---:|---:|---:|---:|---|\n" + report
                    + "%nHeap after the floods: %+.1f MB. Alice's token still active: %s%n"
                            .formatted((Memory.live(server) - before) / 1e6, realm.isActive(ofAlice));
        }
    }

    private static Load creations(Server server, Realm realm) {
        return Load.of(
                "creations",
                server,
                "/api-tokens",
                List.of("{\"name\":\"made under load\",\"scopes\":[\"read\"]}"),
                "Bearer " + realm.signIn("bob"),
                Load.JSON);
    }

    private String measure(String name, Load other) {
        List<Double> throughputs = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        List<Double> floods = new ArrayList<>();
        String logins = "";
        for (int round = 0; round < ROUNDS; round++) {
            Load.Running running = other == null ? null : other.start(SECONDS);
            try (Logins people = Logins.of(server, "alice")) {
                Result result = warm.run(SECONDS);
                throughputs.add(result.throughput());
                p99.add(result.p99());
                logins = people.report();
            }
            if (running != null) {
                floods.add(running.await().throughput());
            }
        }
        double throughput = median(throughputs);
        alone = other == null ? throughput : alone;
        return "| %s | %.0f | %.2f | %.2f | %.0f | %s |%n"
                .formatted(name, throughput, median(p99), throughput / alone, median(floods), logins);
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static List<String> wrongSecrets(String first, List<String> tokens) {
        TokenGenerator generator = new TokenGenerator();
        List<String> prefixes = new ArrayList<>(List.of(prefix(first)));
        tokens.forEach(token -> prefixes.add(prefix(token)));
        return IntStream.range(0, WRONG)
                .mapToObj(i -> generator.next(prefixes.get(i % prefixes.size())).reveal())
                .toList();
    }

    private static String prefix(String token) {
        return TokenString.parse(token).orElseThrow().prefix();
    }
}
