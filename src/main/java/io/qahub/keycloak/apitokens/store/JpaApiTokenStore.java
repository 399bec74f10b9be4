package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@link ApiTokenStore} on Keycloak's entity manager. */
final class JpaApiTokenStore implements ApiTokenStore {
    private static final String OWNED = "from ApiTokenEntity t where t.realmId = :realm and t.ownerId = :owner";

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
        return em.createQuery(
                        "from ApiTokenEntity t where t.realmId = :realm and t.prefix = :prefix", ApiTokenEntity.class)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("realm", realmId)
                .setParameter("prefix", prefix)
                .getResultStream()
                .findFirst()
                .map(ApiTokenEntity::toModel);
    }

    @Override
    public Optional<ApiToken> findOwned(String realmId, String ownerId, String id) {
        return owned(OWNED + " and t.id = :id", ApiTokenEntity.class, realmId, ownerId)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .map(ApiTokenEntity::toModel);
    }

    @Override
    public List<ApiToken> list(String realmId, String ownerId, TokenQuery query, Instant now) {
        String jpql = OWNED + conditions(query) + " order by t.createdAt desc, t.id desc";
        return bind(owned(jpql, ApiTokenEntity.class, realmId, ownerId), query, now)
                .setFirstResult(query.first())
                .setMaxResults(query.max())
                .getResultStream()
                .map(ApiTokenEntity::toModel)
                .toList();
    }

    @Override
    public long count(String realmId, String ownerId, TokenQuery query, Instant now) {
        String jpql = "select count(t) " + OWNED + conditions(query);
        return bind(owned(jpql, Long.class, realmId, ownerId), query, now).getSingleResult();
    }

    @Override
    public boolean revoke(String realmId, String ownerId, String id, Instant now) {
        return em.createQuery("update ApiTokenEntity t set t.revokedAt = :now where t.realmId = :realm"
                                + " and t.ownerId = :owner and t.id = :id and t.revokedAt is null")
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("realm", realmId)
                        .setParameter("owner", ownerId)
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }

    @Override
    public void deleteByOwner(String realmId, String ownerId) {
        em.createQuery("delete from ApiTokenEntity t where t.realmId = :realm and t.ownerId = :owner")
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .executeUpdate();
    }

    @Override
    public void deleteByRealm(String realmId) {
        em.createQuery("delete from ApiTokenEntity t where t.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private <T> TypedQuery<T> owned(String jpql, Class<T> type, String realmId, String ownerId) {
        return em.createQuery(jpql, type).setParameter("realm", realmId).setParameter("owner", ownerId);
    }

    private static String conditions(TokenQuery query) {
        String byStatus =
                switch (query.status()) {
                    case ACTIVE -> " and t.revokedAt is null and (t.expiresAt is null or t.expiresAt > :now)";
                    case EXPIRED -> " and t.revokedAt is null and t.expiresAt <= :now";
                    case REVOKED -> " and t.revokedAt is not null";
                    case NOT_REVOKED -> " and t.revokedAt is null";
                    case ALL -> "";
                };
        return query.search() == null
                ? byStatus
                : byStatus + " and (lower(t.name) like :name escape '!' or t.prefix like :prefix escape '!')";
    }

    private static <T> TypedQuery<T> bind(TypedQuery<T> jpa, TokenQuery query, Instant now) {
        switch (query.status()) {
            case ACTIVE, EXPIRED -> jpa.setParameter("now", now.toEpochMilli());
            case REVOKED, NOT_REVOKED, ALL -> {}
        }
        if (query.search() != null) {
            jpa.setParameter("name", "%" + escape(query.search().toLowerCase(Locale.ROOT)) + "%");
            jpa.setParameter("prefix", escape(query.prefixStart()) + "%");
        }
        return jpa;
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    @Override
    public void close() {}
}
