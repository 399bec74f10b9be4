package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.TokenQuery;

/**
 * The {@code order by} clause of a {@link TokenQuery} in JPQL. No two tokens are equal in any order, so that each token is
 * on one page.
 */
final class SortOrder {
    private static final String NEWEST_FIRST = ", t.createdAt desc, t.id desc";

    /** The alias that lists show, or the id of a deleted organization. */
    private static final String ORGANIZATION =
            "lower(coalesce((select o.alias from OrganizationEntity o where o.id = t.organizationId), t.organizationId))";

    /** Requires {@link TokenCondition#setNow}. */
    private static final String STATUS =
            "case when t.revokedAt is not null then 2 when t.expiresAt <= :now then 1 else 0 end";

    private SortOrder() {}

    static String clause(TokenQuery query) {
        boolean descending = query.descending();
        String direction = descending ? " desc" : " asc";
        return "order by "
                + switch (query.order()) {
                    case NAME -> "lower(t.name)" + direction + NEWEST_FIRST;
                    case PREFIX -> "t.prefix" + direction;
                    case SCOPES -> "lower(t.scopes)" + direction + NEWEST_FIRST;
                    case ORGANIZATION -> ORGANIZATION + nullAsLargest(descending) + NEWEST_FIRST;
                    case CREATED -> "t.createdAt" + direction + ", t.id" + direction;
                    case LAST_USED ->
                        "t.lastUsedAt" + (descending ? " desc nulls last" : " asc nulls first") + ", t.id" + direction;
                    case EXPIRES -> "t.expiresAt" + nullAsLargest(descending) + ", t.id" + direction;
                    case STATUS ->
                        STATUS + direction + ", t.expiresAt" + nullAsLargest(!descending) + ", t.id" + direction;
                };
    }

    private static String nullAsLargest(boolean descending) {
        return descending ? " desc nulls first" : " asc nulls last";
    }
}
