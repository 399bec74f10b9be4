package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Realm;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.SecretHasher;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.util.List;
import java.util.Map;

/** Whether it would pay if nodes shared which secrets have passed bcrypt: what another node's word costs, and a bcrypt. */
final class SharedProofs {
    private static final String HINT = "shared-proof";
    private static final int COST = 10;
    private static final int BCRYPTS = 50;

    private SharedProofs() {}

    static String run(Postgres database) {
        try (Server one = Server.start("one", database);
                Server two = Server.start("two", database)) {
            List<String> tokens = Tokens.madeUp(1000);
            tokens.forEach(token -> isKnown(one, token));
            if (tokens.stream().anyMatch(token -> !isKnown(two, token))) {
                throw new IllegalStateException("the nodes share nothing");
            }
            Load constant = new Doors(two).constant(tokens);
            Load shared = Load.introspecting(
                    "another node's word", two.realm(Realm.STANDARD_DOOR), tokens, "&token_type_hint=" + HINT);
            constant.run(30);
            shared.run(30);
            Rounds rounds = Rounds.ofWarm(List.of(constant, shared), 4, 8);
            double word = 1e6 / rounds.throughput(shared) - 1e6 / rounds.throughput(constant);
            return rounds.table(constant)
                    + "%nAnother node's word costs %.0f µs of a saturated machine; a bcrypt %.0f ms of a core.%n"
                            .formatted(word, bcryptMillis());
        }
    }

    /** Whether some node was asked about the token before; from now on one was. */
    private static boolean isKnown(Server server, String token) {
        return Http.at("POST", server.realm(Realm.STANDARD_DOOR))
                .basic("qa-hub-api", "qa-hub-api-secret")
                .form(Map.of("token", token, "token_type_hint", HINT))
                .send()
                .json()
                .path("active")
                .asBoolean();
    }

    private static double bcryptMillis() {
        Secret secret = TokenString.parse(Tokens.madeUp(1).get(0)).orElseThrow().secret();
        String hash = new SecretHasher(COST).hash(secret);
        for (int i = 0; i < BCRYPTS; i++) {
            SecretHasher.matches(secret, hash); // compiled
        }
        long begun = System.nanoTime();
        for (int i = 0; i < BCRYPTS; i++) {
            SecretHasher.matches(secret, hash);
        }
        return (System.nanoTime() - begun) / 1e6 / BCRYPTS;
    }
}
