package io.qahub.keycloak.apitokens.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Locks rows of tokens. Before a transaction changes several rows, it locks them in the order of their ids, so that
 * transactions cannot deadlock. The primary key is the only condition: with another index, InnoDB would lock the rows
 * in the order of that index.
 */
final class LockedRows {
    /** Name of the query hint with the time to wait for a lock. */
    static final String TIMEOUT = "jakarta.persistence.lock.timeout";

    /** Hibernate's value of {@link #TIMEOUT} for {@code SKIP LOCKED}. */
    static final int SKIP_LOCKED = -2;

    private static final int BATCH = 500;

    private final EntityManager em;

    LockedRows(EntityManager em) {
        this.em = em;
    }

    /** Locks the rows with these ids, waiting for other transactions, and returns them detached. */
    List<ApiTokenEntity> lock(Collection<String> ids) {
        return detached(select(ids));
    }

    /** Locks those rows that no other transaction has locked, and returns their ids. */
    Set<String> lockUnlocked(Collection<String> ids) {
        return ids.isEmpty()
                ? Set.of()
                : detached(select(ids).setHint(TIMEOUT, SKIP_LOCKED)).stream()
                        .map(row -> row.id)
                        .collect(Collectors.toSet());
    }

    /** Splits ids, so that no statement has too many parameters, of which some databases allow 1,000. */
    static List<List<String>> batches(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        return IntStream.range(0, (all.size() + BATCH - 1) / BATCH)
                .mapToObj(i -> all.subList(i * BATCH, Math.min((i + 1) * BATCH, all.size())))
                .toList();
    }

    private TypedQuery<ApiTokenEntity> select(Collection<String> ids) {
        return em.createQuery("from ApiTokenEntity t where t.id in (:ids) order by t.id", ApiTokenEntity.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setParameter("ids", ids);
    }

    private List<ApiTokenEntity> detached(TypedQuery<ApiTokenEntity> query) {
        List<ApiTokenEntity> rows = query.getResultList();
        rows.forEach(em::detach);
        return rows;
    }
}
