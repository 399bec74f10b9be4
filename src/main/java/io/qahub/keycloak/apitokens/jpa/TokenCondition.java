package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.TokenFilter;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A {@link TokenFilter} as a condition on {@code ApiTokenEntity t} in JPQL, with its parameters. */
final class TokenCondition {
    private final StringBuilder jpql = new StringBuilder();
    private final Map<String, Object> parameters = new HashMap<>();
    private final Instant now;

    TokenCondition(String realmId, TokenFilter filter, Instant now) {
        this.now = now;
        jpql.append("t.realmId = :realm");
        parameters.put("realm", realmId);
        if (filter.ownerIds() != null) {
            and("t.ownerId in (:owners)", "owners", filter.ownerIds());
        }
        if (filter.search() != null) {
            addSearch(filter.search());
        }
        if (filter.scope() != null) {
            and("concat(' ', t.scopes, ' ') like :scope escape '!'", "scope", "% " + escape(filter.scope()) + " %");
        }
        if (filter.organizations() != null) {
            and("t.organizationId in (:organizations)", "organizations", filter.organizations());
        }
        addStatus(filter.status());
        addTimes(filter);
    }

    /** Adds a condition with one parameter. */
    TokenCondition and(String condition, String parameter, Object value) {
        jpql.append(" and ").append(condition);
        parameters.put(parameter, value);
        return this;
    }

    /** Sets the parameter {@code :now} for an order that needs it. */
    void setNow() {
        parameters.put("now", millis(now));
    }

    /** Creates a query from {@code select}, this condition and {@code order}. */
    <T> TypedQuery<T> query(EntityManager em, Class<T> result, String select, String order) {
        TypedQuery<T> query = em.createQuery(select + " where " + jpql + " " + order, result);
        parameters.forEach(query::setParameter);
        return query.setHint("org.hibernate.readOnly", true);
    }

    private void addSearch(String search) {
        Optional<TokenFilter.PrefixRange> prefixes = TokenFilter.prefixes(search);
        String inName = "lower(t.name) like :name escape '!'";
        and(
                prefixes.map(range -> "(" + inName + " or t.prefix between :firstPrefix and :lastPrefix)")
                        .orElse(inName),
                "name",
                "%" + escape(search.toLowerCase(Locale.ROOT)) + "%");
        prefixes.ifPresent(range -> {
            parameters.put("firstPrefix", range.first());
            parameters.put("lastPrefix", range.last());
        });
    }

    private void addStatus(TokenFilter.StatusFilter status) {
        switch (status) {
            case REVOKED -> jpql.append(" and t.revokedAt is not null");
            case NOT_REVOKED -> jpql.append(" and t.revokedAt is null");
            case ACTIVE ->
                and("t.revokedAt is null and (t.expiresAt is null or t.expiresAt > :now)", "now", millis(now));
            case EXPIRED -> and("t.revokedAt is null and t.expiresAt <= :now", "now", millis(now));
            case ALL -> {}
        }
    }

    private void addTimes(TokenFilter filter) {
        if (filter.neverUsed()) {
            jpql.append(" and t.lastUsedAt is null");
        }
        if (filter.notUsedSince() != null) {
            // A token created later cannot have been unused since then.
            and(
                    "t.createdAt < :unusedSince and (t.lastUsedAt is null or t.lastUsedAt < :unusedSince)",
                    "unusedSince",
                    millis(filter.notUsedSince()));
        }
        if (filter.expiresBefore() != null) {
            and("t.expiresAt between :now and :expiresBefore", "now", millis(now));
            parameters.put("expiresBefore", millis(filter.expiresBefore()));
        }
        if (filter.livesBeyond() != null) {
            and("(t.expiresAt is null or t.expiresAt > :livesBeyond)", "livesBeyond", millis(filter.livesBeyond()));
        }
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
