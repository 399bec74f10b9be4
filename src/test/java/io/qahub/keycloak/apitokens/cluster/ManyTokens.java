package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.token.TokenGenerator;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mindrot.jbcrypt.BCrypt;

/**
 * Inserts users and API tokens that resemble two years of use into a realm's tables with SQL: a million rows in half a
 * minute. One seventh of the tokens is revoked, one fifth was never used, and two fifths have no expiry; most of the others
 * have expired. The clean-up deletes tokens that are inactive for longer than the realm's
 * {@code apiTokens.keepInactiveDays}.
 *
 * @param realm a realm's name
 */
public record ManyTokens(Postgres database, String realm) {
    /** The first use of a secret costs a millisecond, so that thousands of them do not delay measurements. */
    private static final int CHEAPEST_BCRYPT = 4;

    private static final String USERS = """
            insert into USER_ENTITY
              (ID, REALM_ID, USERNAME, EMAIL, EMAIL_CONSTRAINT, EMAIL_VERIFIED, ENABLED, FIRST_NAME, LAST_NAME,
               CREATED_TIMESTAMP, NOT_BEFORE)
            select gen_random_uuid(), r.ID, 'person-' || n, 'person-' || n || '@example.org',
                   'person-' || n || '@example.org', true, true, 'Person', 'Number ' || n,
                   (extract(epoch from now() - interval '3 years') * 1000)::bigint, 0
            from REALM r, generate_series(%2$d, %2$d + %3$d - 1) n where r.NAME = '%1$s'""";

    /** The prefix is the number times a prime modulo 36^6, in base 36, and therefore unique. */
    private static final String TOKENS = """
            insert into QH_API_TOKEN
              (ID, REALM_ID, USER_ID, NAME, PREFIX, SECRET_HASH, SCOPES, CREATED_AT, EXPIRES_AT, REVOKED_AT, LAST_USED_AT)
            select gen_random_uuid(), p.REALM_ID, p.ID, p.NAMES[1 + n %% 8] || ' ' || n,
                   (select string_agg(substr('0123456789abcdefghijklmnopqrstuvwxyz', digit::int + 1, 1), '')
                    from (select n * 1000000007 %% 2176782336 / (36 ^ d)::bigint %% 36 as digit
                          from generate_series(0, 5) d) digits),
                   '$2a$10$' || left(md5(n::text) || md5((-n)::text), 53),
                   case when n %% 3 = 0 then 'read write' else 'read' end,
                   t.CREATED, t.EXPIRES, t.REVOKED,
                   case when random() > 0.2
                        then t.CREATED + ((least(t.REVOKED, t.EXPIRES, t.NOW) - t.CREATED) * sqrt(random()))::bigint end
            from (select array_agg(ID order by USERNAME) as IDS, max(REALM_ID) as REALM_ID,
                         array['ci','nightly e2e','deploy to staging','Renovate','release notes','Grafana export','laptop',
                               'migration of the old pipeline'] as NAMES
                  from USER_ENTITY
                  where USERNAME like 'person-%%' and REALM_ID = (select ID from REALM where NAME = '%1$s')) everybody
            cross join generate_series(%2$d::bigint, %2$d + %3$d - 1) n
            cross join lateral (select everybody.REALM_ID, everybody.NAMES,
                                       everybody.IDS[1 + n %% cardinality(everybody.IDS)] as ID) p
            cross join lateral (select (extract(epoch from now()) * 1000)::bigint as NOW,
                                       (86400000 * 730.0 * (1 - (n - %2$d + random()) / %3$d))::bigint as AGE) age
            cross join lateral (select age.NOW, age.NOW - age.AGE as CREATED,
                                       case when random() > 0.4
                                            then age.NOW - age.AGE + (array[90, 180, 365])[1 + n %% 3] * 86400000::bigint
                                       end as EXPIRES,
                                       case when random() < 0.15 then age.NOW - (age.AGE * random())::bigint end as REVOKED) t
            """;

    private static final String REALM_ID = "(select ID from REALM where NAME = '%s')";

    private static final String UNMARKED =
            "select relpages - relallvisible from pg_class where oid = 'qh_api_token'::regclass";

    private static final String GOOD = """
            from QH_API_TOKEN t join REALM r on r.ID = t.REALM_ID
            where r.NAME = '%s' and t.REVOKED_AT is null and t.EXPIRES_AT is null and t.SECRET_HASH like '$2a$10$%%'""";

    /** Adds users {@code person-0}, {@code person-1} and so on, who cannot sign in. */
    public ManyTokens people(int count) {
        database.execute(USERS.formatted(realm, next("USERNAME", "USER_ENTITY"), count));
        database.execute("analyze USER_ENTITY");
        return this;
    }

    /** Adds tokens, the same number for each of the users. */
    public ManyTokens tokens(int count) {
        database.execute(TOKENS.formatted(realm, next("NAME", "QH_API_TOKEN"), count));
        database.execute("vacuum analyze QH_API_TOKEN");
        return this;
    }

    /** Vacuums the table, as autovacuum would. Waits for transactions that are older than the rows. */
    ManyTokens settled() {
        Instant latest = Instant.now().plusSeconds(60);
        do {
            if (Instant.now().isAfter(latest)) {
                throw new IllegalStateException("VACUUM cannot mark the rows as visible to all transactions");
            }
            database.execute("vacuum analyze QH_API_TOKEN");
        } while (database.number(UNMARKED) > 10);
        return this;
    }

    /** Sets a secret for this number of active tokens; returns their token strings. */
    public List<String> usable(int count) {
        TokenGenerator generator = new TokenGenerator();
        List<String> strings = new ArrayList<>();
        for (String prefix :
                database.texts("select t.PREFIX " + GOOD.formatted(realm) + " order by t.ID limit " + count)) {
            TokenString string = generator.next(prefix);
            String hash = BCrypt.hashpw(string.secret().reveal(), BCrypt.gensalt(CHEAPEST_BCRYPT));
            database.execute("update QH_API_TOKEN set SECRET_HASH = '%s' where PREFIX = '%s' and REALM_ID = %s"
                    .formatted(hash, prefix, REALM_ID.formatted(realm)));
            strings.add(string.reveal());
        }
        return strings;
    }

    /** Returns one more than the largest number at the end of an existing name. */
    private long next(String name, String table) {
        return database.number("""
                select coalesce(max(substring(%1$s from '[0-9]+$')::bigint) + 1, 0) from %2$s
                where REALM_ID = (select ID from REALM where NAME = '%3$s')""".formatted(name, table, realm));
    }
}
