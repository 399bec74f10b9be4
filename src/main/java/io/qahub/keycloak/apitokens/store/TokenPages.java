package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Nulls;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads pages of a realm's tokens. */
record TokenPages(EntityManager em, String realmId, Instant now) {
    /** So many rows are skipped by the index alone, which holds all that filters ask for and the ids. */
    private static final int DEEP = 500;

    List<ApiToken> list(TokenQuery query) {
        return query.first() < DEEP
                ? models(select(ApiTokenEntity.class, query, "").getResultList())
                : inOrder(select(String.class, query, "id").getResultList());
    }

    private List<ApiToken> inOrder(List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, ApiTokenEntity> byId = em.createQuery(
                        "from ApiTokenEntity t where t.id in (:ids)", ApiTokenEntity.class)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.id, Function.identity()));
        return models(ids.stream().filter(byId::containsKey).map(byId::get).toList());
    }

    private <T> TypedQuery<T> select(Class<T> type, TokenQuery query, String field) {
        CriteriaBuilder cb = em.getCriteriaBuilder();
        CriteriaQuery<T> select = cb.createQuery(type);
        Root<ApiTokenEntity> token = select.from(ApiTokenEntity.class);
        if (!field.isEmpty()) {
            select.select(token.get(field));
        }
        select.where(new TokenConditions(cb, token, query.filter(), now).in(realmId))
                .orderBy(
                        order(cb, token, query),
                        query.descending() ? cb.desc(token.get("id")) : cb.asc(token.get("id")));
        return em.createQuery(select)
                .setHint("org.hibernate.readOnly", true)
                .setFirstResult(query.first())
                .setMaxResults(query.max());
    }

    private static Order order(CriteriaBuilder cb, Root<ApiTokenEntity> token, TokenQuery query) {
        boolean descending = query.descending();
        return switch (query.order()) {
            case CREATED -> descending ? cb.desc(token.get("createdAt")) : cb.asc(token.get("createdAt"));
            case LAST_USED ->
                descending
                        ? cb.desc(token.get("lastUsedAt"), Nulls.LAST)
                        : cb.asc(token.get("lastUsedAt"), Nulls.FIRST);
            case EXPIRES ->
                descending ? cb.desc(token.get("expiresAt"), Nulls.FIRST) : cb.asc(token.get("expiresAt"), Nulls.LAST);
        };
    }

    List<ApiToken> byOwner(TokenFilter filter, ApiToken after, int max) {
        CriteriaBuilder cb = em.getCriteriaBuilder();
        CriteriaQuery<ApiTokenEntity> select = cb.createQuery(ApiTokenEntity.class);
        Root<ApiTokenEntity> token = select.from(ApiTokenEntity.class);
        List<Predicate> conditions = new ArrayList<>(List.of(new TokenConditions(cb, token, filter, now).in(realmId)));
        if (after != null) {
            // The first condition is one for the index.
            conditions.add(cb.greaterThanOrEqualTo(token.get("ownerId"), after.ownerId()));
            conditions.add(cb.or(
                    cb.greaterThan(token.get("ownerId"), after.ownerId()),
                    cb.greaterThan(token.get("id"), after.id())));
        }
        select.where(conditions.toArray(Predicate[]::new))
                .orderBy(cb.asc(token.get("ownerId")), cb.asc(token.get("id")));
        return models(em.createQuery(select)
                .setHint("org.hibernate.readOnly", true)
                .setMaxResults(max)
                .getResultList());
    }

    private static List<ApiToken> models(List<ApiTokenEntity> rows) {
        return rows.stream().map(ApiTokenEntity::toModel).toList();
    }
}
