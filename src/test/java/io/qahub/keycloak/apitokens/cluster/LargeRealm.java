package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;

/** A realm of 1,000 users with many tokens, on the cluster's PostgreSQL; the clean-up deletes none of them. */
record LargeRealm(Realm realm, ManyTokens tokens) {
    /** An admin's list requests, as query strings; {@code %s} is the prefix of one of the tokens. */
    static final List<String> SEARCHES = List.of(
            "?search=%s",
            "?search=qh_%s",
            "?search=qh_%s_0000000000000000000000000000000000",
            "?search=laptop%%2099",
            "?search=no%%20such%%20name",
            "?user=person-7");

    static final List<String> FILTERS = List.of(
            "?status=active",
            "?status=expired",
            "?status=revoked",
            "?status=all",
            "?scope=write",
            "?neverUsed=true",
            "?notUsedForDays=90",
            "?expiresWithinDays=30");

    static final List<String> SORTS =
            List.of("?order=asc", "?sort=expires", "?sort=expires&order=asc", "?sort=prefix", "?sort=prefix&order=asc");

    /** Sort orders without an index: every last use would have to update the index. */
    static final List<String> SORTS_BY_LAST_USE = List.of("?sort=lastUsed", "?sort=lastUsed&order=asc");

    static LargeRealm fill(Cluster cluster, String name, int tokens) {
        Realm realm = Realm.fresh(cluster.one().server(), name);
        realm.admin(
                "PUT", "", "{\"realm\":\"" + name + "\",\"attributes\":{\"apiTokens.keepInactiveDays\":\"36500\"}}");
        ManyTokens many = new ManyTokens(cluster.database(), name).people(1_000).tokens(tokens);
        return new LargeRealm(realm, many);
    }

    /** Inserts the prefix of one of the realm's tokens into the queries. */
    List<String> withPrefix(List<String> queries) {
        String prefix = tokens.database()
                .texts("select max(PREFIX) from QH_API_TOKEN where REVOKED_AT is null and REALM_ID = '" + realm.id()
                        + "'")
                .get(0);
        return queries.stream().map(query -> query.formatted(prefix)).toList();
    }

    Answer list(String admin, String query) {
        return Http.call(realm.server(), "GET", "/admin/realms/" + realm.name() + "/api-tokens" + query)
                .bearer(admin)
                .send();
    }

    Answer revokeAll(Keycloak node, String admin) {
        return Http.call(node, "POST", "/admin/realms/" + realm.name() + "/api-tokens/revoke")
                .bearer(admin)
                .json("{\"all\":true}")
                .send();
    }

    long good() {
        return tokens.database()
                .number("select count(*) from QH_API_TOKEN where REVOKED_AT is null and REALM_ID = '" + realm.id()
                        + "'");
    }
}
