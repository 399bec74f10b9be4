package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ExpiryNotice;
import io.qahub.keycloak.apitokens.model.OwnedToken;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenMark;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import io.qahub.keycloak.apitokens.model.TokenUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/** {@link ApiTokenStore} on Keycloak's entity manager. */
public final class JpaApiTokenStore implements ApiTokenStore {
    private final EntityManager em;

    /** Takes the entity manager of the session. */
    public JpaApiTokenStore(EntityManager em) {
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
    public Optional<OwnedToken> findOwned(String realmId, String prefix) {
        return new OwnerAccounts(em).findOwned(realmId, prefix);
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
    public List<ApiToken> list(String realmId, TokenQuery query, TokenMark from, Instant now) {
        return new TokenPages(em, realmId, now).list(query, from);
    }

    @Override
    public List<TokenMark> marks(String realmId, TokenFilter filter, TokenQuery.Order order, int apart, Instant now) {
        return new TokenPages(em, realmId, now).marks(filter, order, apart);
    }

    @Override
    public List<ApiToken> listByOwner(String realmId, TokenFilter filter, ApiToken after, int max, Instant now) {
        return new TokenPages(em, realmId, now).byOwner(filter, after, max);
    }

    @Override
    public long count(String realmId, TokenFilter filter, Instant now) {
        preferIndexes();
        HibernateCriteriaBuilder cb = em.unwrap(Session.class).getCriteriaBuilder();
        long count = 0;
        int cases = 1;
        for (int i = 0; i < cases; i++) {
            CriteriaQuery<Long> select = cb.createQuery(Long.class);
            Root<ApiTokenEntity> token = select.from(ApiTokenEntity.class);
            List<Predicate[]> all = new TokenConditions(cb, token, filter, now).casesIn(realmId);
            // Rows, not ids: those are in none of the indexes that are read fastest.
            count += em.createQuery(select.select(cb.count()).where(all.get(i))).getSingleResult();
            cases = all.size();
        }
        return count;
    }

    /**
     * For the rest of the transaction. PostgreSQL takes a page of an index for four times as dear as one of the table, and in a plan
     * for any values a range for a third of the rows; so it reads whole tables to count, or the wrong index.
     */
    private void preferIndexes() {
        SessionFactoryImplementor factory = em.unwrap(SessionImplementor.class).getSessionFactory();
        if (factory.getJdbcServices().getDialect() instanceof PostgreSQLDialect) {
            em.createNativeQuery("select set_config('random_page_cost', '1.1', true) as cost,"
                            + " set_config('plan_cache_mode', 'force_custom_plan', true) as plans")
                    .getSingleResult();
        }
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
    public Map<String, String> usernames(Collection<String> ownerIds) {
        return new OwnerAccounts(em).usernames(ownerIds);
    }

    @Override
    public Set<String> revoke(String realmId, Collection<String> ids, Instant now) {
        return new TokenUpdates(em).revoke(realmId, ids, now);
    }

    @Override
    public boolean rotate(ApiToken before, ApiToken rotated) {
        return new TokenUpdates(em).rotate(before, rotated);
    }

    @Override
    public int shorten(String realmId, Collection<String> ids, Instant latest) {
        return new TokenUpdates(em).shorten(realmId, ids, latest);
    }

    @Override
    public List<TokenUse> touch(Collection<TokenUse> uses, Duration apart) {
        return new TokenUpdates(em).touch(uses, apart);
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
        return new TokenDeletions(em).inactive(realmId, end, max);
    }

    @Override
    public void deleteByOwner(String realmId, String ownerId) {
        new TokenDeletions(em).ofOwner(realmId, ownerId);
    }

    @Override
    public void deleteByClient(String realmId, String clientId) {
        new TokenDeletions(em).ofClient(realmId, clientId);
    }

    @Override
    public void deleteByRealm(String realmId) {
        new TokenDeletions(em).ofRealm(realmId);
    }
}
