package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.util.List;

/** Introspection of 1,000 cached tokens with and without recording the last use: two servers on one database. */
final class LastUse {
    private LastUse() {}

    static String run(Postgres database) {
        try (Server with = Server.start("one", database, "--cache=local");
                Server without = Server.start(
                        "without",
                        database,
                        "--cache=local",
                        "--spi-api-tokens--default--last-used-flush-interval=0")) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", 100);
            List<String> tokens = rows.make("owner", 100, 1000);
            new Endpoints(with).warm(tokens);
            new Endpoints(without).warm(tokens);
            Load off = new Endpoints(without).own(tokens).named("last use off");
            Load on = new Endpoints(with).own(tokens).named("last use on");
            off.run(40);
            on.run(40);
            return Rounds.ofWarm(List.of(off, on), 8, 8).table(off);
        }
    }
}
