package io.qahub.keycloak.apitokens.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    private final EntityManager em;

    LockedRows(EntityManager em) {
        this.em = em;
    }

    /** Locks the rows with these ids, waiting for other transactions, and returns them detached. */
    List<ApiTokenEntity> lock(Collection<String> ids) {
        return Batches.of(ids.stream().sorted().toList()).stream()
                .flatMap(batch -> detached(select(batch)).stream())
                .toList();
    }

    /** Locks those rows that no other transaction has locked, and returns their ids. */
    Set<String> lockUnlocked(Collection<String> ids) {
        return ids.isEmpty()
                ? Set.of()
                : detached(select(ids).setHint(TIMEOUT, SKIP_LOCKED)).stream()
                        .map(row -> row.id)
                        .collect(Collectors.toSet());
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
