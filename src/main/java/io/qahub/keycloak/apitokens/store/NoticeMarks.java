package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ExpiryNotice;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

/** Which notices were sent, so that none is sent twice. */
record NoticeMarks(EntityManager em) {

    List<ApiToken> claimExpiry(String realmId, ExpiryNotice notice, Instant now, int max) {
        List<ApiToken> due = em.createQuery(
                        "from ApiTokenEntity t where t.realmId = :realm and t.revokedAt is null"
                                + " and t.expiresAt > :after and t.expiresAt <= :until"
                                + " and (t.expiryNoticeDays is null or t.expiryNoticeDays > :days)",
                        ApiTokenEntity.class)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("realm", realmId)
                .setParameter("after", notice.nearest(now).toEpochMilli())
                .setParameter("until", notice.horizon(now).toEpochMilli())
                .setParameter("days", notice.days())
                .setMaxResults(max)
                .getResultStream()
                .map(ApiTokenEntity::toModel)
                .toList();
        if (!due.isEmpty()) {
            em.createQuery("update ApiTokenEntity t set t.expiryNoticeDays = :days where t.id in (:ids)")
                    .setParameter("days", notice.days())
                    .setParameter("ids", due.stream().map(ApiToken::id).toList())
                    .executeUpdate();
        }
        return due;
    }

    void skipExpiry(String id, ExpiryNotice notice) {
        em.createQuery("update ApiTokenEntity t set t.expiryNoticeDays = :days where t.id = :id")
                .setParameter("days", notice == null ? null : notice.days())
                .setParameter("id", id)
                .executeUpdate();
    }

    boolean claimReplacedSecret(ApiToken token, Instant now) {
        return em.createQuery("update ApiTokenEntity t set t.replacedNoticeAt = :now"
                                + " where t.id = :id and t.secretHash = :hash and t.replacedNoticeAt is null")
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("id", token.id())
                        .setParameter("hash", token.secretHash())
                        .executeUpdate()
                > 0;
    }
}
