package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.bench.OpenLoad.Kind;
import io.qahub.keycloak.apitokens.bench.OpenLoad.Result;
import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Realm;
import io.qahub.keycloak.apitokens.token.DigestKey;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * First uses after a restart under an open load, and password logins at the same time, with and without a key of stored
 * digests: on a node whose JVM has not warmed up, on one that has introspected one token, on one that has served other
 * requests before, and on two nodes of which one was restarted.
 */
final class Restart {
    private static final int TOKENS = Integer.getInteger("bench.arrivals", 600);
    private static final int PER_SECOND = Integer.getInteger("bench.per-second", 60);
    private static final int LOGINS_PER_SECOND = 5;
    private static final int LOGINS = Math.max(1, TOKENS * LOGINS_PER_SECOND / PER_SECOND);
    private static final int WARM_UP_SECONDS = Integer.getInteger("bench.warm-up", 30);
    private static final int WARM_UP_HERDS = 2;
    private static final int PREPARATIONS = 500;
    private static final int COST = 10;

    /** Tokens to be used for the first time, and others for a warm-up, some of which need bcrypt at first. */
    private final List<String> tokens;

    private final List<String> others;
    private final List<String> withBcrypt;
    private final StringBuilder rows = new StringBuilder();

    private Restart(Tokens rows) {
        rows.makeOwners("owner", 100);
        tokens = rows.make("owner", 100, TOKENS, COST);
        others = rows.make("owner", 100, 1000);
        withBcrypt = rows.make("owner", 100, TOKENS, COST);
    }

    static String run(Postgres database) {
        String key = Tokens.newKey();
        try (Server one = Server.start("one", database)) {
            Tokens rows = Tokens.in(database);
            Restart restart = new Restart(rows);
            restart.other(one);
            restart.firstUses(one, "no key");
            rows.storeDigests(restart.tokens, DigestKey.parse(key).get(0));
            one.use(Server.DIGEST_KEYS + key);
            restart.firstUses(one, "with a key");
            one.discard(Server.DIGEST_KEYS);
            restart.pair(one, Server.start("two", database), key);
            return "%d tokens, %d first uses and %d sign-ins per second, latencies in ms%n%n"
                            .formatted(TOKENS, PER_SECOND, LOGINS_PER_SECOND)
                    + "| | active | 503 with Retry-After | failed | p50 | p99 | longest | p99 of 503 | sign-ins | failed | p50 | p99 |\n"
                    + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n" + restart.rows;
        }
    }

    /** Measures Keycloak's own introspection after a restart, and cached tokens, for comparison. */
    private void other(Server node) {
        String jwt = new Realm(node.keycloak(), "qa-hub").signIn("alice", "qa-hub-api");
        node.restart();
        measure(
                "a JWT, cold JVM",
                OpenLoad.introspections(List.of(node), Realm.STANDARD_ENDPOINT, Collections.nCopies(TOKENS, jwt)),
                node);
        warmUp(node);
        measure("cached tokens, warm JVM", uses(List.of(node), others.subList(0, TOKENS)), node);
    }

    private void firstUses(Server node, String key) {
        node.restart();
        measure("first uses, cold JVM, " + key, uses(List.of(node), tokens), node);
        node.restart();
        new Endpoints(node).warm(Collections.nCopies(PREPARATIONS, others.get(0)));
        measure(
                "first uses, after %d introspections of one token, %s".formatted(PREPARATIONS, key),
                uses(List.of(node), tokens),
                node);
        node.restart();
        warmUp(node);
        measure("first uses, warm JVM, " + key, uses(List.of(node), tokens), node);
    }

    private void pair(Server one, Server two, String key) {
        try (two) {
            List<Server> both = List.of(one, two);
            one.restart();
            warmUp(one);
            patiently(one);
            two.restart();
            measure("two nodes, one with a cold JVM, no key", uses(both, tokens), two);
            both.forEach(node -> node.use(Server.DIGEST_KEYS + key));
            one.restart();
            warmUp(one);
            two.restart();
            measure("two nodes, one with a cold JVM, with a key", uses(both, tokens), two);
        }
    }

    /** Sends other requests, so that the JIT compiles the code that first uses and logins execute. */
    private void warmUp(Server node) {
        new Endpoints(node).own(others).run(WARM_UP_SECONDS);
        for (int i = 0; i < WARM_UP_HERDS; i++) {
            new OpenLoad(PER_SECOND)
                    .start(uses(List.of(node), withBcrypt), body -> true)
                    .join();
        }
        new OpenLoad(LOGINS_PER_SECOND)
                .start(OpenLoad.logins(node, 2 * LOGINS), body -> true)
                .join();
    }

    /** Uses the tokens one after the other, so that bcrypt is not saturated. */
    private void patiently(Server node) {
        new Endpoints(node).warm(tokens);
    }

    private List<HttpRequest> uses(List<Server> nodes, List<String> used) {
        return OpenLoad.introspections(nodes, Realm.OWN_ENDPOINT, used);
    }

    private void measure(String name, List<HttpRequest> uses, Server loginsAt) {
        CompletableFuture<Result> logins = new OpenLoad(LOGINS_PER_SECOND)
                .start(OpenLoad.logins(loginsAt, LOGINS), body -> body.contains("access_token"));
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
