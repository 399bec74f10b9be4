package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.ManyTokens;
import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;

/**
 * The same with 1,000 tokens in the realm and with a million: warm introspection, first questions about tokens that are
 * not good (so that no bcrypt hides the cost of looking them up), about prefixes that nobody has, and creation. What
 * lies between the two measurements is the filling, so each is compared with Keycloak's own introspection beside it.
 */
final class Size {
    private static final int FEW = 1000;
    private static final int MANY = Integer.getInteger("bench.many", 1_000_000);
    private static final int LOOK_UPS = 200_000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);

    private final Server server;
    private final Tokens rows;
    private final Doors doors;
    private final Load jwt;

    private Size(Server server, Tokens rows) {
        this.server = server;
        this.rows = rows;
        this.doors = new Doors(server);
        this.jwt = doors.jwt();
    }

    static String run(Postgres database) {
        try (Server server = Server.start("one", database)) {
            ManyTokens many = new ManyTokens(database, "qa-hub").people(100).tokens(FEW);
            Size size = new Size(server, Tokens.in(database));
            size.keepInactiveTokens();
            List<String> warm = many.usable(200);
            size.doors.warm(warm);
            size.jwt.run(40);
            size.doors.own(warm).run(40);
            size.creation().run(10);
            Rounds few = size.measure(warm);
            many.people(900).tokens(MANY);
            size.doors.own(warm).run(20);
            Rounds afterwards = size.measure(warm);
            return few.table(size.jwt).replace("| load |", "| with %,d |".formatted(FEW)) + "\n"
                    + afterwards.table(size.jwt).replace("| load |", "| with %,d |".formatted(MANY)) + "\n"
                    + few.comparison(afterwards, size.jwt);
        }
    }

    private Rounds measure(List<String> warm) {
        return Rounds.of(
                List.of(
                        jwt,
                        doors.own(warm),
                        Load.introspecting(
                                "first questions, revoked tokens",
                                server.realm(Realm.OWN_DOOR),
                                rows.withPrefixesOf("revoked_at is not null", LOOK_UPS)),
                        Load.introspecting(
                                "first questions, unknown prefixes",
                                server.realm(Realm.OWN_DOOR),
                                Tokens.madeUp(LOOK_UPS)),
                        creation()),
                ROUNDS,
                SECONDS);
    }

    private Load creation() {
        String bearer = new Realm(server.keycloak(), "qa-hub").signIn("bob");
        return Load.of(
                "creation",
                server.realm("/api-tokens"),
                List.of("{\"name\":\"made under load\",\"scopes\":[\"read\"]}"),
                "Bearer " + bearer,
                Load.JSON);
    }

    private void keepInactiveTokens() {
        new Realm(server.keycloak(), "qa-hub")
                .admin(
                        "PUT",
                        "",
                        "{\"attributes\":{\"apiTokens.keepInactiveDays\":\"10000\",\"apiTokens.issuers\":\"qa-hub-cli\"}}");
    }
}
