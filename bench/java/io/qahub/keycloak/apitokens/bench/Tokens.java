package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.token.DigestKey;
import io.qahub.keycloak.apitokens.token.TokenGenerator;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mindrot.jbcrypt.BCrypt;

/** Inserts owners and active tokens into the demo realm. */
record Tokens(Postgres database, String realmId) {
    /** Irrelevant to verified secrets; at cost 10, creating the tokens and using them once would take minutes. */
    private static final int COST = 4;

    private static final TokenGenerator GENERATOR = new TokenGenerator();

    /** Among 100,000 random prefixes, two are likely to be equal. */
    private static final Set<String> DRAWN = new HashSet<>();

    private static final int BATCH = 1000;

    static Tokens in(Postgres database) {
        return new Tokens(
                database,
                database.texts("select id from realm where name = 'qa-hub'").get(0));
    }

    /** Creates users {@code <name>-0} and so on, without passwords. */
    void makeOwners(String name, int number) {
        database.execute("""
                insert into user_entity (id, realm_id, username, email, email_constraint, email_verified, enabled,
                  created_timestamp, not_before)
                select 'bench-%1$s-' || n, '%2$s', '%1$s-' || n, null, gen_random_uuid(), false, true, 0, 0
                from generate_series(0, %3$d) n""".formatted(name, realmId, number - 1));
    }

    /** Creates active tokens, distributed over the owners with that name, and returns their token strings. */
    List<String> make(String name, int owners, int number) {
        return make(name, owners, number, COST);
    }

    /** The same with this bcrypt cost. */
    List<String> make(String name, int owners, int number, int cost) {
        List<String> made = new ArrayList<>();
        for (int from = 0; from < number; from += BATCH) {
            List<TokenString> batch = Stream.generate(GENERATOR::next)
                    .filter(token -> DRAWN.add(token.prefix()))
                    .limit(Math.min(BATCH, number - from))
                    .toList();
            String values = IntStream.range(0, batch.size())
                    .parallel()
                    .mapToObj(i -> row(batch.get(i), name + "-" + i % owners, cost))
                    .collect(Collectors.joining(","));
            database.execute("insert into qh_api_token"
                    + " (id, realm_id, user_id, name, prefix, secret_hash, scopes, created_at) values " + values);
            batch.forEach(token -> made.add(token.reveal()));
        }
        return made;
    }

    private String row(TokenString token, String owner, int cost) {
        return "(gen_random_uuid(),'%s','bench-%s','of %s','%s','%s','read write',%d)"
                .formatted(
                        realmId,
                        owner,
                        owner,
                        token.prefix(),
                        BCrypt.hashpw(token.secret().reveal(), BCrypt.gensalt(cost)),
                        System.currentTimeMillis());
    }

    /** Stores the digests of these tokens, as the server does after their first use. */
    void storeDigests(List<String> tokens, DigestKey key) {
        Map<String, String> hashes = database
                .texts("select prefix || ' ' || secret_hash from qh_api_token where realm_id = '" + realmId + "'")
                .stream()
                .map(row -> row.split(" "))
                .collect(Collectors.toMap(row -> row[0], row -> row[1]));
        String values = tokens.stream()
                .map(string -> TokenString.parse(string).orElseThrow())
                .map(token -> "('%s','%s')"
                        .formatted(
                                token.prefix(),
                                key.digest(realmId, token.prefix(), hashes.get(token.prefix()), token.secret())))
                .collect(Collectors.joining(","));
        database.execute("update qh_api_token set secret_digest = digest from (values " + values
                + ") as digests (of_prefix, digest) where prefix = of_prefix and realm_id = '" + realmId + "'");
    }

    /** Returns a random key of stored digests. */
    static String newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Returns well-formed token strings that do not exist, except with a probability of one in a million. */
    static List<String> madeUp(int number) {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            strings.add(GENERATOR.next().reveal());
        }
        return strings;
    }
}
