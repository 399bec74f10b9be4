package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.TokenDeletion;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link TokenDeletion} that uses Keycloak's entity manager. */
final class JpaTokenDeletion implements TokenDeletion {
    private static final String FROM = "from ApiTokenEntity t";

    private final EntityManager em;
    private final LockedRows rows;

    JpaTokenDeletion(EntityManager em, LockedRows rows) {
        this.em = em;
        this.rows = rows;
    }

    @Override
    public Set<String> realmIds() {
        return em.createQuery("select distinct t.realmId " + FROM, String.class)
                .getResultStream()
                .collect(Collectors.toSet());
    }

    @Override
    public int deleteInactive(String realmId, Instant end, int max) {
        int revoked = deleteEnded("t.revokedAt", realmId, end, max);
        return revoked + (revoked < max ? deleteEnded("t.expiresAt", realmId, end, max - revoked) : 0);
    }

    /** Uses one column at a time, to read in index order: an {@code or} would read all matching rows for each batch. */
    private int deleteEnded(String column, String realmId, Instant end, int max) {
        List<String> ids = em.createQuery(
                        "select t.id " + FROM + " where t.realmId = :realm and " + column + " < :end order by "
                                + column,
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("end", end.toEpochMilli())
                .setMaxResults(max)
                .getResultList();
        return deleteUnlocked(ids);
    }

    @Override
    public List<String> ownersNotStored(String realmId, @Nullable String after, int max) {
        TypedQuery<String> query = em.createQuery(
                "select distinct t.ownerId " + FROM + " where t.realmId = :realm"
                        + (after == null ? "" : " and t.ownerId > :after")
                        + " and not exists (select u.id from UserEntity u where u.id = t.ownerId)"
                        + " order by t.ownerId",
                String.class);
        if (after != null) {
            query.setParameter("after", after);
        }
        return query.setParameter("realm", realmId).setMaxResults(max).getResultList();
    }

    @Override
    public int deleteOrphans(String realmId, int max) {
        List<String> ids = em.createQuery(
                        "select t.id " + FROM + " where t.realmId = :realm and ("
                                + "(t.clientId is not null"
                                + " and not exists (select c.id from ClientEntity c where c.id = t.clientId))"
                                + " or exists (select u.id from UserEntity u where u.id = t.ownerId and "
                                + JpaApiTokenStore.IS_OLDER_THAN_OWNER + "))",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("tolerance", JpaApiTokenStore.CLOCK_TOLERANCE.toMillis())
                .setMaxResults(max)
                .getResultList();
        return deleteUnlocked(ids);
    }

    /** Also deletes rows that are inserted meanwhile. */
    @Override
    public int deleteByOwner(String realmId, String ownerId) {
        List<String> ids = em.createQuery(
                        "select t.id " + FROM + " where t.realmId = :realm and t.ownerId = :owner order by t.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .getResultList();
        rows.lock(ids);
        return delete("t.realmId = :realm and t.ownerId = :owner")
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .executeUpdate();
    }

    @Override
    public void deleteByClient(String realmId, String clientId) {
        delete("t.realmId = :realm and t.clientId = :client")
                .setParameter("realm", realmId)
                .setParameter("client", clientId)
                .executeUpdate();
    }

    @Override
    public void deleteByRealm(String realmId) {
        delete("t.realmId = :realm").setParameter("realm", realmId).executeUpdate();
    }

    /** Deletes those rows that no other transaction has locked, and returns their number. */
    private int deleteUnlocked(Collection<String> ids) {
        Set<String> locked = rows.lockUnlocked(ids);
        return locked.isEmpty()
                ? 0
                : delete("t.id in (:ids)").setParameter("ids", locked).executeUpdate();
    }

    private Query delete(String condition) {
        return em.createQuery("delete " + FROM + " where " + condition);
    }
}
