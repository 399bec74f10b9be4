package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.util.List;

/** Warm introspection of 1,000 tokens at both doors, beside Keycloak's own of a JWT and the bound. */
final class Throughput {
    private static final int WARM_UP_SECONDS = 40;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 6);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 10);

    private Throughput() {}

    static String run(Postgres database) {
        try (Server server = Server.start("one", database)) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", 100);
            List<String> tokens = rows.make("owner", 100, 1000);
            Doors doors = new Doors(server);
            doors.warm(tokens);
            Load jwt = doors.jwt();
            List<Load> loads = List.of(
                    jwt,
                    doors.standard(tokens),
                    doors.own(tokens),
                    doors.constantWithEvent(tokens),
                    doors.constant(tokens));
            loads.forEach(load -> load.run(WARM_UP_SECONDS));
            return Rounds.ofWarm(loads, ROUNDS, SECONDS).table(jwt);
        }
    }
}
