package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenLists;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link TokenLists} that uses Keycloak's entity manager. */
record JpaTokenLists(EntityManager em) implements TokenLists {
    private static final String FROM = "from ApiTokenEntity t";

    @Override
    public List<ApiToken> list(String realmId, TokenQuery query, Instant now) {
        TokenCondition condition = new TokenCondition(realmId, query.filter(), now);
        if (query.order() == TokenQuery.Order.STATUS) {
            condition.setNow();
        }
        return JpaApiTokenStore.models(
                em,
                condition
                        .query(em, ApiTokenEntity.class, FROM, SortOrder.clause(query))
                        .setFirstResult(query.first())
                        .setMaxResults(query.max()));
    }

    @Override
    public List<ApiToken> listByOwner(
            String realmId, TokenFilter filter, @Nullable ApiToken after, int max, Instant now) {
        TokenCondition condition = new TokenCondition(realmId, filter, now);
        if (after != null) {
            // The first condition is redundant but can use the index.
            condition
                    .and("t.ownerId >= :owner", "owner", after.ownerId())
                    .and("(t.ownerId > :owner or t.id > :id)", "id", after.id());
        }
        return JpaApiTokenStore.models(
                em,
                condition
                        .query(em, ApiTokenEntity.class, FROM, "order by t.ownerId, t.id")
                        .setMaxResults(max));
    }

    @Override
    public long count(String realmId, TokenFilter filter, Instant now) {
        return new TokenCondition(realmId, filter, now)
                .query(em, Long.class, "select count(*) " + FROM, "")
                .getSingleResult();
    }

    /** Returns the number of the realm's tokens that match the filter, by owner id. */
    Map<String, Long> countByOwner(String realmId, TokenFilter filter, Instant now) {
        return new TokenCondition(realmId, filter, now)
                .query(em, Tuple.class, "select t.ownerId as owner, count(*) as number " + FROM, "group by t.ownerId")
                .getResultStream()
                .collect(Collectors.toMap(t -> t.get("owner", String.class), t -> t.get("number", Long.class)));
    }

    @Override
    public Map<String, Long> countByScopes(String realmId) {
        return em.createQuery(
                        "select t.scopes as scopes, count(*) as number " + FROM
                                + " where t.realmId = :realm and t.revokedAt is null group by t.scopes",
                        Tuple.class)
                .setParameter("realm", realmId)
                .getResultStream()
                .collect(Collectors.toMap(t -> t.get("scopes", String.class), t -> t.get("number", Long.class)));
    }

    @Override
    public Set<String> ownerIds(String realmId, TokenFilter filter, Instant now) {
        return new TokenCondition(realmId, filter, now)
                .query(em, String.class, "select distinct t.ownerId " + FROM, "")
                .getResultStream()
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> ownerIdsOfRevoked(String realmId, TokenFilter filter, Instant since, Instant now) {
        return new TokenCondition(realmId, filter.withStatus(TokenFilter.StatusFilter.REVOKED), now)
                .and("t.revokedAt >= :since", "since", since.toEpochMilli())
                .query(em, String.class, "select distinct t.ownerId " + FROM, "")
                .getResultStream()
                .collect(Collectors.toSet());
    }

    @Override
    public Map<String, String> usernames(Collection<String> ownerIds) {
        return Batches.of(ownerIds).stream()
                .flatMap(batch -> em.createQuery(
                                "select u.id as id, u.username as username from UserEntity u where u.id in (:ids)",
                                Tuple.class)
                        .setParameter("ids", batch)
                        .getResultStream())
                .collect(Collectors.toMap(t -> t.get("id", String.class), t -> t.get("username", String.class)));
    }

    @Override
    public Map<String, List<String>> clientIds(Collection<String> clientScopeIds, String required) {
        return Batches.of(clientScopeIds).stream()
                .flatMap(batch -> em.createQuery("""
                        select a.clientScopeId as scope, c.clientId as client from ClientScopeClientMappingEntity a
                          join ClientScopeClientMappingEntity r on r.clientId = a.clientId
                          join ClientEntity c on c.id = a.clientId
                        where a.clientScopeId in (:scopes) and r.clientScopeId = :required
                          and c.enabled = true and c.publicClient = false
                        order by c.clientId""", Tuple.class)
                        .setParameter("scopes", batch)
                        .setParameter("required", required)
                        .getResultStream())
                .collect(Collectors.groupingBy(
                        t -> t.get("scope", String.class),
                        Collectors.mapping(t -> t.get("client", String.class), Collectors.toList())));
    }
}
