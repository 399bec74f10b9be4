package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.ManyTokens;
import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares realms with 1,000 tokens and with a million, each with its own database: introspection of cached tokens, of
 * tokens that are not cached (on a node that caches one token) and of unknown prefixes, and creation.
 */
final class Size {
    private static final int FEW = 1000;
    private static final int MANY = Integer.getInteger("bench.many", 1_000_000);
    private static final int WARM = 200;
    private static final int UNKNOWN = 200_000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);
    private static final int WARM_UP_SECONDS = 40;
    private static final int CREATION_WARM_UP_SECONDS = 5;

    private Size() {}

    static String run(Postgres database) {
        try (Postgres larger = Postgres.start();
                Nodes few = Nodes.start("few", database);
                Nodes many = Nodes.start("many", larger)) {
            List<Load> ofFew = few.loads(100, FEW);
            List<Load> ofMany = many.loads(1000, MANY);
            Stream.of(ofFew, ofMany).forEach(Size::warmUp);
            return Rounds.ofPairs(ofFew, ofMany, ROUNDS, SECONDS).comparison(ofFew, ofMany);
        }
    }

    /** Creates tokens only briefly: the small realm must stay small. */
    private static void warmUp(List<Load> loads) {
        int last = loads.size() - 1;
        loads.subList(0, last).forEach(load -> load.run(WARM_UP_SECONDS));
        loads.get(last).run(CREATION_WARM_UP_SECONDS);
    }

    /** A node with default settings and one that caches one token. */
    private record Nodes(String name, Postgres database, Server server, Server uncached) implements AutoCloseable {
        static Nodes start(String name, Postgres database) {
            return new Nodes(
                    name,
                    database,
                    Server.start(name, database),
                    Server.start(name + "-uncached", database, "--spi-api-tokens--default--cached-tokens-max-count=1"));
        }

        /** Inserts owners and tokens into the database, and returns the loads to compare. */
        List<Load> loads(int people, int tokens) {
            ManyTokens rows = new ManyTokens(database, "qa-hub").people(people).tokens(tokens);
            keepInactiveTokens();
            database.execute("checkpoint"); // otherwise, it would still be writing during the rounds
            List<String> usable = rows.usable(WARM);
            Endpoints endpoints = new Endpoints(server);
            Endpoints cold = new Endpoints(uncached);
            endpoints.warm(usable);
            cold.warm(usable);
            return Stream.of(
                            endpoints.own(usable).named("introspection of cached tokens"),
                            cold.own(usable).named("tokens that are not cached"),
                            endpoints.own(Tokens.madeUp(UNKNOWN)).named("unknown prefixes"),
                            creation())
                    .map(load -> load.named(load.name() + ", " + name))
                    .toList();
        }

        private Load creation() {
            String bearer = new Realm(server.keycloak(), "qa-hub").signIn("bob");
            return Load.of(
                    "creation",
                    server,
                    "/api-tokens",
                    List.of("{\"name\":\"made under load\",\"scopes\":[\"read\"]}"),
                    "Bearer " + bearer,
                    Load.JSON);
        }

        /** Keeps tokens, and access tokens, from expiring during the measurement. */
        private void keepInactiveTokens() {
            new Realm(server.keycloak(), "qa-hub")
                    .admin(
                            "PUT",
                            "",
                            "{\"accessTokenLifespan\":36000,\"attributes\":{\"apiTokens.keepInactiveDays\":\"10000\",\"apiTokens.allowedClients\":\"qa-hub-cli\"}}");
        }

        @Override
        public void close() {
            uncached.close();
            server.close();
        }
    }
}
