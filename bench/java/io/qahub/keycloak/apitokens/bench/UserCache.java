package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.util.List;
import java.util.stream.Stream;

/**
 * Introspection of 1,000 tokens and of a JWT with and without Keycloak's user cache, and of tokens that are read each time,
 * as with external caches: three servers on one database.
 */
final class UserCache {
    private UserCache() {}

    static String run(Postgres database) {
        try (Server with = Server.start("one", database, "--cache=local");
                Server without =
                        Server.start("without", database, "--cache=local", "--spi-user-cache--default--enabled=false");
                Server reading = Server.start(
                        "reading", database, "--cache=local", "--spi-api-tokens--default--cache-max-age=0")) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", 100);
            List<String> tokens = rows.make("owner", 100, 1000);
            Endpoints cached = new Endpoints(with);
            Endpoints uncached = new Endpoints(without);
            Endpoints read = new Endpoints(reading);
            Stream.of(cached, uncached, read).forEach(endpoints -> endpoints.warm(tokens));
            Load on = cached.own(tokens).named("own endpoint, user cache");
            List<Load> loads = List.of(
                    on,
                    uncached.own(tokens).named("own endpoint, no user cache"),
                    read.own(tokens).named("own endpoint, tokens read each time"),
                    cached.jwt().named("JWT, user cache"),
                    uncached.jwt().named("JWT, no user cache"));
            loads.forEach(load -> load.run(20));
            return Rounds.ofWarm(loads, 4, 5).table(on);
        }
    }
}
