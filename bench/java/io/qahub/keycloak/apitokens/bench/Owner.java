package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.util.List;

/** Warm introspection of the one token of an owner, and of all 10,000 of another. */
final class Owner {
    private static final int MANY = 10_000;

    private Owner() {}

    static String run(Postgres database) {
        try (Server server = Server.start("one", database)) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("modest", 1);
            rows.makeOwners("hoarder", 1);
            Doors doors = new Doors(server);
            Load one = doors.own(rows.make("modest", 1, 1)).named("the only token of an owner");
            Load many = doors.own(rows.make("hoarder", 1, MANY)).named("the 10,000 tokens of an owner");
            one.run(20);
            many.run(40);
            return Rounds.ofWarm(List.of(one, many), 5, 8).table(one);
        }
    }
}
