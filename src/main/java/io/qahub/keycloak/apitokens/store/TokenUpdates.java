package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Changes stored tokens: what ends them, what replaces their secret, when they were used. */
record TokenUpdates(EntityManager em) {
    /** Hibernate's value of {@code jakarta.persistence.lock.timeout} for "leave out what is locked". */
    private static final int SKIP_LOCKED = -2;

    /** Rows are locked in the order of their ids, as by {@link #touch}, so that two nodes cannot wait for each other. */
    Set<String> revoke(String realmId, Collection<String> ids, Instant now) {
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

    boolean rotate(ApiToken before, ApiToken rotated) {
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

    int shorten(String realmId, Collection<String> ids, Instant latest) {
        return em.createQuery("update ApiTokenEntity t set t.expiresAt = :latest where t.realmId = :realm"
                        + " and t.id in (:ids) and (t.expiresAt is null or t.expiresAt > :latest)")
                .setParameter("latest", latest.toEpochMilli())
                .setParameter("realm", realmId)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** Rows that somebody else is changing are passed over: who waits for none cannot be one of two that wait for each other. */
    List<TokenUse> touch(Collection<TokenUse> uses, Duration apart) {
        Map<String, TokenUse> byToken = uses.stream().collect(Collectors.toMap(TokenUse::tokenId, Function.identity()));
        return em.createQuery("from ApiTokenEntity t where t.id in (:ids)", ApiTokenEntity.class)
                .setParameter("ids", byToken.keySet())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultStream()
                .map(row -> row.touch(byToken.get(row.id), apart))
                .toList();
    }
}
