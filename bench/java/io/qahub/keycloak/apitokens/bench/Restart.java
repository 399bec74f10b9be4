package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.bench.OpenLoad.Kind;
import io.qahub.keycloak.apitokens.bench.OpenLoad.Result;
import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Realm;
import io.qahub.keycloak.apitokens.token.DigestKey;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * First uses under an open load, on a node that was restarted, with and without a key of stored digests; password logins at the
 * same time. Then the same on two nodes of which one was restarted.
 */
final class Restart {
    private static final int TOKENS = Integer.getInteger("bench.arrivals", 600);
    private static final int PER_SECOND = Integer.getInteger("bench.per-second", 60);
    private static final int LOGINS_PER_SECOND = 5;
    private static final int COST = 10;

    private final List<String> tokens;
    private final StringBuilder rows = new StringBuilder();

    private Restart(List<String> tokens) {
        this.tokens = tokens;
    }

    static String run(Postgres database) {
        String key = Tokens.newKey();
        try (Server one = Server.start("one", database)) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", 100);
            Restart restart = new Restart(rows.make("owner", 100, TOKENS, COST));
            restart.withoutKey(one);
            rows.storeDigests(restart.tokens, DigestKey.parse(key).get(0));
            one.use(Server.DIGEST_KEYS + key);
            restart.withKey(one);
            one.discard(Server.DIGEST_KEYS);
            restart.pair(one, Server.start("two", database), key);
            return "%d tokens, %d first uses and %d logins per second, latencies in ms%n%n"
                            .formatted(TOKENS, PER_SECOND, LOGINS_PER_SECOND)
                    + "| | active | 503 with Retry-After | failed | p50 | p99 | longest | p99 of 503 | logins | failed | p50 | p99 |\n"
                    + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n" + restart.rows;
        }
    }

    private void withoutKey(Server node) {
        measure("restarted, no key", List.of(node), node);
        new Endpoints(node).own(tokens).run(30);
        measure("the same tokens again, after 30 s of load", List.of(node), node);
    }

    private void withKey(Server node) {
        node.restart();
        measure("restarted, with a key", List.of(node), node);
    }

    private void pair(Server one, Server two, String key) {
        try (two) {
            List<Server> both = List.of(one, two);
            one.restart();
            both.forEach(node -> new Endpoints(node).own(tokens).run(30));
            two.restart();
            measure("two nodes, one restarted, no key", both, two);
            both.forEach(node -> node.use(Server.DIGEST_KEYS + key));
            both.forEach(Server::restart);
            both.forEach(node -> new Endpoints(node).own(tokens).run(30));
            two.restart();
            measure("two nodes, one restarted, with a key", both, two);
        }
    }

    private void measure(String name, List<Server> nodes, Server loginsAt) {
        List<HttpRequest> uses = OpenLoad.introspections(nodes, Realm.OWN_ENDPOINT, tokens);
        int number = Math.max(1, TOKENS * LOGINS_PER_SECOND / PER_SECOND);
        CompletableFuture<Result> logins = new OpenLoad(LOGINS_PER_SECOND)
                .start(OpenLoad.logins(loginsAt, number), body -> body.contains("access_token"));
        Result result = new OpenLoad(PER_SECOND)
                .start(uses, body -> body.contains("\"active\":true"))
                .join();
        Result people = logins.join();
        String row = "| %s | %d | %d | %d | %.0f | %.0f | %.0f | %.0f | %d | %d | %.0f | %.0f |%n"
                .formatted(
                        name,
                        result.count(Kind.ACCEPTED),
                        result.count(Kind.BUSY),
                        result.count(Kind.FAILED),
                        result.percentile(Kind.ACCEPTED, 50),
                        result.percentile(Kind.ACCEPTED, 99),
                        result.percentile(Kind.ACCEPTED, 100),
                        result.percentile(Kind.BUSY, 99),
                        people.count(Kind.ACCEPTED),
                        people.count(Kind.FAILED) + people.count(Kind.BUSY),
                        people.percentile(Kind.ACCEPTED, 50),
                        people.percentile(Kind.ACCEPTED, 99));
        System.out.print(row);
        rows.append(row);
    }
}
