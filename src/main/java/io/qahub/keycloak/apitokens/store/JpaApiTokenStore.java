package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ExpiryNotice;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import io.qahub.keycloak.apitokens.model.TokenUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link ApiTokenStore} on Keycloak's entity manager. */
final class JpaApiTokenStore implements ApiTokenStore {
    /** Hibernate's value of {@code jakarta.persistence.lock.timeout} for "leave out what is locked". */
    private static final int SKIP_LOCKED = -2;

    private final EntityManager em;

    JpaApiTokenStore(EntityManager em) {
        this.em = em;
    }

    @Override
    public void insert(ApiToken token) {
        em.persist(ApiTokenEntity.of(token));
        em.flush();
    }

    @Override
    public Optional<ApiToken> findByPrefix(String realmId, String prefix) {
        return findBy("prefix", realmId, prefix);
    }

    @Override
    public Optional<ApiToken> find(String realmId, String id) {
        return findBy("id", realmId, id);
    }

    private Optional<ApiToken> findBy(String field, String realmId, String value) {
        return em.createQuery(
                        "from ApiTokenEntity t where t.realmId = :realm and t." + field + " = :value",
                        ApiTokenEntity.class)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("realm", realmId)
                .setParameter("value", value)
                .getResultStream()
                .findFirst()
                .map(ApiTokenEntity::toModel);
    }

    @Override
    public List<ApiToken> list(String realmId, TokenQuery query, Instant now) {
        return new TokenPages(em, realmId, now).list(query);
    }

    @Override
    public List<ApiToken> listByOwner(String realmId, TokenFilter filter, ApiToken after, int max, Instant now) {
        return new TokenPages(em, realmId, now).byOwner(filter, after, max);
    }

    @Override
    public long count(String realmId, TokenFilter filter, Instant now) {
        CriteriaBuilder cb = em.getCriteriaBuilder();
        CriteriaQuery<Long> select = cb.createQuery(Long.class);
        Root<ApiTokenEntity> token = select.from(ApiTokenEntity.class);
        select.select(cb.count(token)).where(new TokenConditions(cb, token, filter, now).in(realmId));
        return em.createQuery(select).getSingleResult();
    }

    @Override
    public Set<String> ownerIds(String realmId, TokenFilter filter, Instant now) {
        CriteriaBuilder cb = em.getCriteriaBuilder();
        CriteriaQuery<String> select = cb.createQuery(String.class);
        Root<ApiTokenEntity> token = select.from(ApiTokenEntity.class);
        select.select(token.get("ownerId"))
                .distinct(true)
                .where(new TokenConditions(cb, token, filter, now).in(realmId));
        return em.createQuery(select).getResultStream().collect(Collectors.toSet());
    }

    @Override
    public Optional<Boolean> isEnabled(String ownerId) {
        return em.createQuery("select u.enabled from UserEntity u where u.id = :id", Boolean.class)
                .setParameter("id", ownerId)
                .getResultStream()
                .findFirst();
    }

    @Override
    public Map<String, String> usernames(Collection<String> ownerIds) {
        if (ownerIds.isEmpty()) {
            return Map.of();
        }
        return em.createQuery(
                        "select u.id as id, u.username as username from UserEntity u where u.id in (:ids)", Tuple.class)
                .setParameter("ids", ownerIds)
                .getResultStream()
                .collect(Collectors.toMap(t -> t.get("id", String.class), t -> t.get("username", String.class)));
    }

    /** Rows are locked in the order of their ids, as by {@link #touch}, so that two nodes cannot wait for each other. */
    @Override
    public Set<String> revoke(String realmId, Collection<String> ids, Instant now) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Set<String> good = em.createQuery(
                        "from ApiTokenEntity t where t.realmId = :realm and t.id in (:ids) and t.revokedAt is null"
                                + " order by t.id",
                        ApiTokenEntity.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setParameter("realm", realmId)
                .setParameter("ids", ids)
                .getResultStream()
                .map(row -> row.id)
                .collect(Collectors.toSet());
        if (!good.isEmpty()) {
            em.createQuery("update ApiTokenEntity t set t.revokedAt = :now where t.id in (:ids)")
                    .setParameter("now", now.toEpochMilli())
                    .setParameter("ids", good)
                    .executeUpdate();
        }
        return good;
    }

    @Override
    public boolean rotate(ApiToken before, ApiToken rotated) {
        ApiTokenEntity row = ApiTokenEntity.of(rotated);
        return em.createQuery("update ApiTokenEntity t set t.secretHash = :new, t.previousSecrets = :previous,"
                                + " t.expiresAt = :expires, t.replacedNoticeAt = null where t.id = :id and t.secretHash = :old"
                                + " and t.revokedAt is null")
                        .setParameter("new", row.secretHash)
                        .setParameter("previous", PreviousSecrets.join(rotated.previousSecrets()))
                        .setParameter("expires", row.expiresAt)
                        .setParameter("id", row.id)
                        .setParameter("old", before.secretHash())
                        .executeUpdate()
                > 0;
    }

    @Override
    public int shorten(String realmId, Collection<String> ids, Instant latest) {
        return em.createQuery("update ApiTokenEntity t set t.expiresAt = :latest where t.realmId = :realm"
                        + " and t.id in (:ids) and (t.expiresAt is null or t.expiresAt > :latest)")
                .setParameter("latest", latest.toEpochMilli())
                .setParameter("realm", realmId)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** Rows that somebody else is changing are passed over: who waits for none cannot be one of two that wait for each other. */
    @Override
    public List<TokenUse> touch(Collection<TokenUse> uses, Duration apart) {
        Map<String, TokenUse> byToken = uses.stream().collect(Collectors.toMap(TokenUse::tokenId, Function.identity()));
        return em.createQuery("from ApiTokenEntity t where t.id in (:ids)", ApiTokenEntity.class)
                .setParameter("ids", byToken.keySet())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultStream()
                .map(row -> row.touch(byToken.get(row.id), apart))
                .toList();
    }

    @Override
    public List<ApiToken> claimExpiryNotices(String realmId, ExpiryNotice notice, Instant now, int max) {
        return new NoticeMarks(em).claimExpiry(realmId, notice, now, max);
    }

    @Override
    public void skipExpiryNotice(String id, ExpiryNotice notice) {
        new NoticeMarks(em).skipExpiry(id, notice);
    }

    @Override
    public boolean claimReplacedSecretNotice(ApiToken token, Instant now) {
        return new NoticeMarks(em).claimReplacedSecret(token, now);
    }

    @Override
    public Set<String> realmIds() {
        return em.createQuery("select distinct t.realmId from ApiTokenEntity t", String.class)
                .getResultStream()
                .collect(Collectors.toSet());
    }

    @Override
    public List<ApiToken> findIdle(String realmId, Instant since, Instant createdFrom, int max) {
        return em.createQuery(
                        "from ApiTokenEntity t where t.realmId = :realm and t.revokedAt is null"
                                + " and t.createdAt >= :from and t.createdAt < :since"
                                + " and (t.lastUsedAt is null or t.lastUsedAt < :since) order by t.createdAt",
                        ApiTokenEntity.class)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("realm", realmId)
                .setParameter("from", createdFrom.toEpochMilli())
                .setParameter("since", since.toEpochMilli())
                .setMaxResults(max)
                .getResultStream()
                .map(ApiTokenEntity::toModel)
                .toList();
    }

    @Override
    public int deleteInactive(String realmId, Instant end, int max) {
        int revoked = deleteEnded("revokedAt", realmId, end, max);
        return revoked + (revoked < max ? deleteEnded("expiresAt", realmId, end, max - revoked) : 0);
    }

    /** One column at a time, in the order of its index: a condition on either would look at all that is due each time. */
    private int deleteEnded(String column, String realmId, Instant end, int max) {
        List<String> ids = em.createQuery(
                        "select t.id from ApiTokenEntity t where t.realmId = :realm and t.%1$s < :end order by t.%1$s"
                                .formatted(column),
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("end", end.toEpochMilli())
                .setMaxResults(max)
                .getResultList();
        return ids.isEmpty()
                ? 0
                : em.createQuery("delete from ApiTokenEntity t where t.id in (:ids)")
                        .setParameter("ids", ids)
                        .executeUpdate();
    }

    @Override
    public void deleteByOwner(String realmId, String ownerId) {
        deleteBy("ownerId", realmId, ownerId);
    }

    @Override
    public void deleteByClient(String realmId, String clientId) {
        deleteBy("clientId", realmId, clientId);
    }

    private void deleteBy(String field, String realmId, String value) {
        em.createQuery("delete from ApiTokenEntity t where t.realmId = :realm and t." + field + " = :value")
                .setParameter("realm", realmId)
                .setParameter("value", value)
                .executeUpdate();
    }

    @Override
    public void deleteByRealm(String realmId) {
        em.createQuery("delete from ApiTokenEntity t where t.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public void close() {}
}
