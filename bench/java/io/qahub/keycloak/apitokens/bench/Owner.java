package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.util.List;

/**
 * Introspection for owners with one token and for an owner with 10,000: cached, and not cached, on a node that caches
 * one token. There, 200 owners have one token each, because the node would cache a single one.
 */
final class Owner {
    private static final int MANY = 10_000;
    private static final int SINGLES = 200;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);

    private Owner() {}

    static String run(Postgres database) {
        try (Server server = Server.start("one", database);
                Server uncached =
                        Server.start("two", database, "--spi-api-tokens--default--cached-tokens-max-count=1")) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("single", SINGLES);
            rows.makeOwners("many", 1);
            List<String> ofSingles = rows.make("single", SINGLES, SINGLES);
            List<String> ofMany = rows.make("many", 1, MANY);
            return warm(new Endpoints(server), ofSingles.subList(0, 1), ofMany)
                    + "\n"
                    + cold(new Endpoints(uncached), ofSingles, ofMany);
        }
    }

    private static String warm(Endpoints endpoints, List<String> ofSingles, List<String> ofMany) {
        Load one = endpoints.own(ofSingles).named("the only token of an owner");
        Load many = endpoints.own(ofMany).named("the 10,000 tokens of an owner");
        one.run(20);
        many.run(40);
        return Rounds.ofWarm(List.of(one, many), ROUNDS, SECONDS).table(one);
    }

    private static String cold(Endpoints endpoints, List<String> ofSingles, List<String> ofMany) {
        endpoints.warm(ofSingles);
        endpoints.warm(ofMany);
        Load one = endpoints.own(ofSingles).named("tokens that are not cached, one per owner");
        Load many = endpoints.own(ofMany).named("tokens that are not cached, 10,000 of one owner");
        one.run(20);
        many.run(20);
        return Rounds.of(List.of(one, many), ROUNDS, SECONDS).table(one);
    }
}
