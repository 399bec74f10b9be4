package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.util.List;

/**
 * Introspection for owners with one token and for an owner with 10,000: cached, and not cached, on a node that caches one
 * token. There, 200 owners have one token each, because the node would cache a single one.
 */
final class Owner {
    private static final int MANY = 10_000;
    private static final int MODEST = 200;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);

    private Owner() {}

    static String run(Postgres database) {
        try (Server server = Server.start("one", database);
                Server forgetful =
                        Server.start("two", database, "--spi-api-tokens--default--cached-tokens-max-count=1")) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("modest", MODEST);
            rows.makeOwners("hoarder", 1);
            List<String> modest = rows.make("modest", MODEST, MODEST);
            List<String> hoarded = rows.make("hoarder", 1, MANY);
            return warm(new Endpoints(server), modest.subList(0, 1), hoarded)
                    + "\n"
                    + cold(new Endpoints(forgetful), modest, hoarded);
        }
    }

    private static String warm(Endpoints endpoints, List<String> modest, List<String> hoarded) {
        Load one = endpoints.own(modest).named("the only token of an owner");
        Load many = endpoints.own(hoarded).named("the 10,000 tokens of an owner");
        one.run(20);
        many.run(40);
        return Rounds.ofWarm(List.of(one, many), ROUNDS, SECONDS).table(one);
    }

    private static String cold(Endpoints endpoints, List<String> modest, List<String> hoarded) {
        endpoints.warm(modest);
        endpoints.warm(hoarded);
        Load one = endpoints.own(modest).named("cold look-ups, the only tokens of owners");
        Load many = endpoints.own(hoarded).named("cold look-ups, the 10,000 tokens of an owner");
        one.run(20);
        many.run(20);
        return Rounds.of(List.of(one, many), ROUNDS, SECONDS).table(one);
    }
}
