package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.ManyTokens;
import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;

/**
 * The same with 1,000 tokens in the realm and with a million: warm introspection, cold look-ups of tokens (on a node that remembers one
 * row) and of prefixes that nobody has, and creation. What lies between the two measurements is the filling, so each is compared
 * with Keycloak's own introspection beside it.
 */
final class Size {
    private static final int FEW = 1000;
    private static final int MANY = Integer.getInteger("bench.many", 1_000_000);
    private static final int UNKNOWN = 200_000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);
    private static final int WARM_UP_SECONDS = 40;

    private final List<Load> loads;

    private Size(Server server, Server forgetful, List<String> tokens) {
        Doors doors = new Doors(server);
        doors.warm(tokens);
        new Doors(forgetful).warm(tokens);
        loads = List.of(
                doors.jwt(),
                doors.own(tokens),
                new Doors(forgetful).own(tokens).named("cold look-ups, tokens"),
                doors.own(Tokens.madeUp(UNKNOWN)).named("cold look-ups, unknown prefixes"),
                creation(server));
    }

    static String run(Postgres database) {
        try (Server server = Server.start("one", database);
                Server forgetful = Server.start("two", database, "--spi-api-token-verifier--default--rows=1")) {
            ManyTokens many = new ManyTokens(database, "qa-hub").people(100).tokens(FEW);
            keepInactiveTokens(server);
            Size size = new Size(server, forgetful, many.usable(200));
            size.warmUp();
            Rounds few = size.measure();
            many.people(900).tokens(MANY);
            size.warmUp();
            Rounds afterwards = size.measure();
            Load jwt = size.loads.get(0);
            return few.table(jwt).replace("| load |", "| with %,d |".formatted(FEW)) + "\n"
                    + afterwards.table(jwt).replace("| load |", "| with %,d |".formatted(MANY)) + "\n"
                    + few.comparison(afterwards, jwt);
        }
    }

    /** Creation for a moment only: a few tokens are to stay few. */
    private void warmUp() {
        int last = loads.size() - 1;
        loads.subList(0, last).forEach(load -> load.run(WARM_UP_SECONDS));
        loads.get(last).run(5);
    }

    private Rounds measure() {
        return Rounds.of(loads, ROUNDS, SECONDS);
    }

    private static Load creation(Server server) {
        String bearer = new Realm(server.keycloak(), "qa-hub").signIn("bob");
        return Load.of(
                "creation",
                server.realm("/api-tokens"),
                List.of("{\"name\":\"made under load\",\"scopes\":[\"read\"]}"),
                "Bearer " + bearer,
                Load.JSON);
    }

    private static void keepInactiveTokens(Server server) {
        new Realm(server.keycloak(), "qa-hub")
                .admin(
                        "PUT",
                        "",
                        "{\"attributes\":{\"apiTokens.keepInactiveDays\":\"10000\",\"apiTokens.issuers\":\"qa-hub-cli\"}}");
    }
}
