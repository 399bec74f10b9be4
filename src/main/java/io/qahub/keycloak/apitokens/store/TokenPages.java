package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenMark;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Nulls;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaDerivedRoot;
import org.hibernate.query.criteria.JpaSubQuery;

/** Reads pages of a realm's tokens. */
record TokenPages(EntityManager em, String realmId, Instant now) {
    /** So many rows are skipped by the index alone, which holds all that filters ask for and the ids. */
    private static final int DEEP = 500;

    List<ApiToken> list(TokenQuery query) {
        return query.first() < DEEP
                ? models(select(ApiTokenEntity.class, query, null, "").getResultList())
                : inOrder(select(String.class, query, null, "id").getResultList());
    }

    List<ApiToken> list(TokenQuery query, TokenMark from) {
        return inOrder(select(String.class, query, from, "id").getResultList());
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

    private <T> TypedQuery<T> select(Class<T> type, TokenQuery query, TokenMark from, String field) {
        CriteriaBuilder cb = em.getCriteriaBuilder();
        CriteriaQuery<T> select = cb.createQuery(type);
        Root<ApiTokenEntity> token = select.from(ApiTokenEntity.class);
        if (!field.isEmpty()) {
            select.select(token.get(field));
        }
        List<Predicate> conditions =
                new ArrayList<>(List.of(new TokenConditions(cb, token, query.filter(), now).in(realmId)));
        if (from != null) {
            conditions.addAll(from(cb, token, query, from));
        }
        select.where(conditions.toArray(Predicate[]::new))
                .orderBy(
                        order(cb, token, query.order(), query.descending()),
                        query.descending() ? cb.desc(token.get("id")) : cb.asc(token.get("id")));
        return em.createQuery(select)
                .setHint("org.hibernate.readOnly", true)
                .setFirstResult(from == null ? query.first() : query.first() - from.position())
                .setMaxResults(query.max());
    }

    /** Those from the mark on which have a time if it has one, and none if it has none: one stretch of the index. */
    private static List<Predicate> from(
            CriteriaBuilder cb, Root<ApiTokenEntity> token, TokenQuery query, TokenMark mark) {
        Path<Long> time = time(token, query.order());
        Predicate sameTime = cb.greaterThanOrEqualTo(token.get("id"), mark.id());
        return mark.time() == null
                ? List.of(cb.isNull(time), sameTime)
                : List.of(cb.ge(time, mark.time()), cb.or(cb.gt(time, mark.time()), sameTime));
    }

    /** Every so many'th token of a list in ascending order. */
    List<TokenMark> marks(TokenFilter filter, TokenQuery.Order order, int apart) {
        HibernateCriteriaBuilder cb = em.unwrap(Session.class).getCriteriaBuilder();
        JpaCriteriaQuery<Tuple> select = cb.createTupleQuery();
        JpaSubQuery<Tuple> rows = select.subquery(Tuple.class);
        Root<ApiTokenEntity> token = rows.from(ApiTokenEntity.class);
        rows.multiselect(
                        time(token, order).alias("time"),
                        token.get("id").alias("id"),
                        cb.rowNumber(cb.createWindow().orderBy(order(cb, token, order, false), cb.asc(token.get("id"))))
                                .alias("number"))
                .where(new TokenConditions(cb, token, filter, now).in(realmId));
        JpaDerivedRoot<Tuple> row = select.from(rows);
        Path<Long> number = row.get("number");
        select.select(cb.tuple(number, row.get("time"), row.get("id")))
                .where(cb.gt(number, 1L), cb.equal(cb.mod(row.get("number"), apart), 1))
                .orderBy(cb.asc(number));
        return em.createQuery(select)
                .getResultStream()
                .map(t -> new TokenMark(
                        Math.toIntExact(t.get(0, Long.class) - 1), t.get(1, Long.class), t.get(2, String.class)))
                .toList();
    }

    private static Order order(
            CriteriaBuilder cb, Root<ApiTokenEntity> token, TokenQuery.Order order, boolean descending) {
        Path<Long> time = time(token, order);
        return switch (order) {
            case CREATED -> descending ? cb.desc(time) : cb.asc(time);
            case LAST_USED -> descending ? cb.desc(time, Nulls.LAST) : cb.asc(time, Nulls.FIRST);
            case EXPIRES -> descending ? cb.desc(time, Nulls.FIRST) : cb.asc(time, Nulls.LAST);
        };
    }

    private static Path<Long> time(Root<ApiTokenEntity> token, TokenQuery.Order order) {
        return token.get(
                switch (order) {
                    case CREATED -> "createdAt";
                    case LAST_USED -> "lastUsedAt";
                    case EXPIRES -> "expiresAt";
                });
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
